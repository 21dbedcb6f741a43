using System.Text.Json;
using Cawb.Tests.Expressions;

namespace Cawb.Tests.Code;

/// <summary>Runs code that was written as Python modules.</summary>
internal static class PythonModule
{
    // Each line of input: code, and calls of one of its functions; each line of output: what they gave.
    private const string Caller = """
        import json, sys
        for line in sys.stdin:
            code, name, calls = json.loads(json.loads(line))
            try:
                module = {}
                exec(compile(code, "code", "exec"), module)
                print(json.dumps([module[name](*call) for call in calls]))
            except Exception as fault:
                print(json.dumps(f"{type(fault).__name__}: {fault}"))
        """;

    // The comment at the end becomes code, from its first statement on; a LambdaLR that multiplies as PyTorch's does stands in for it.
    private const string Trainer = """
        import json, sys, types
        class LambdaLR:
            def __init__(self, optimizer, lr_lambda):
                groups = optimizer.param_groups
                self.lambdas = lr_lambda if isinstance(lr_lambda, list) else [lr_lambda] * len(groups)
                self.base_lrs = [group["lr"] for group in groups]
                assert len(self.lambdas) == len(groups)
        sys.modules["torch"] = sys.modules["torch.optim"] = types.ModuleType("torch")
        sys.modules["torch.optim.lr_scheduler"] = types.SimpleNamespace(LambdaLR=LambdaLR)
        for line in sys.stdin:
            code, rates, reductions, steps = json.loads(json.loads(line))
            function, _, comment = code.partition("# from torch")
            lines = [line[2:] for line in ("# from torch" + comment).split("\n#\n")[0].splitlines()]
            optimizer = types.SimpleNamespace(param_groups=[{"lr": rate} for rate in rates])
            module = {"optimizer": optimizer, "reductions": reductions}
            try:
                exec(compile(function + "\n".join(lines), "code", "exec"), module)
                scheduler = module["scheduler"]
                print(json.dumps([[lr * factor(step) for lr, factor in zip(scheduler.base_lrs, scheduler.lambdas)] for step in range(steps)]))
            except Exception as fault:
                print(json.dumps(f"{type(fault).__name__}: {fault}"))
        """;

    /// <summary>What calls of a function give, one list for each module; lists of lists are flat.</summary>
    public static IReadOnlyList<double[]> Call(IEnumerable<(string Code, string Function, IEnumerable<object[]> Calls)> modules) =>
        Run(Caller, modules.Select(module => (module.Code, JsonSerializer.Serialize(new object[] { module.Code, module.Function, module.Calls }))));

    /// <summary>The rates of the groups of an optimizer at each step, as the comment at the end of the code has PyTorch set them.</summary>
    public static IReadOnlyList<double[]> Train(IEnumerable<string> codes, double[] rates, int reductions, int steps) =>
        Run(Trainer, codes.Select(code => (code, JsonSerializer.Serialize(new object[] { code, rates, reductions, steps }))));

    private static List<double[]> Run(string program, IEnumerable<(string Code, string Input)> inputs)
    {
        Assert.SkipUnless(PythonProcess.IsPresent, "This machine has no /usr/bin/python3.");
        var given = inputs.ToList();
        return [.. PythonProcess.Ask(["-c", program], given.Select(input => input.Input)).Zip(given, (answer, input) => Numbers(JsonSerializer.Deserialize<JsonElement>(answer), input.Code).ToArray())];
    }

    private static IEnumerable<double> Numbers(JsonElement answer, string code) => answer.ValueKind switch
    {
        JsonValueKind.Number => [answer.GetDouble()],
        JsonValueKind.Array => answer.EnumerateArray().SelectMany(item => Numbers(item, code)),
        _ => throw new InvalidOperationException($"{answer}\n{code}"),
    };
}
