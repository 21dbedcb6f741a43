using System.Text;

namespace Cawb.Cli.Completion;

/// <summary>Scripts that have a shell complete the program's commands, flags and values. All words are in the script, so a press of Tab starts no process.</summary>
internal static class CompletionScript
{
    /// <summary>Shells that there is a script for.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The script of a shell.</summary>
    /// <param name="shell">One of <see cref="Shells"/>.</param>
    /// <param name="commands">Every command.</param>
    public static string Of(string shell, IReadOnlyList<CommandWords> commands) => shell switch
    {
        "fish" => Fish(commands),
        "pwsh" => PowerShell(commands),
        "zsh" => "autoload -U +X bashcompinit && bashcompinit\n" + Bash(commands),
        _ => Bash(commands),
    };

    // In the patterns a command follows its path and a blank, so that the program's own commands begin with one.
    private static string Bash(IReadOnlyList<CommandWords> commands)
    {
        var below = commands.Where(words => words.Path.Length > 0).Select(words => words.Path.Contains(' ', StringComparison.Ordinal) ? words.Path : " " + words.Path);
        var script = new StringBuilder($$"""
            _cawb() {
              local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" path= word i
              COMPREPLY=()
              for (( i = 1; i < COMP_CWORD; i++ )); do
                word="${COMP_WORDS[i]}"
                case "$path $word" in {{string.Join('|', below.Select(pattern => $"\"{pattern}\""))}}) path="${path:+$path }$word" ;; esac
              done
              case "$path $previous" in

            """);
        foreach (var words in commands)
        {
            foreach (var flag in words.Flags.Where(flag => flag.Values.Count > 0))
            {
                var pattern = string.Join('|', flag.Names.Select(name => $"\"{words.Path} {name}\""));
                script.Append($"    {pattern}) COMPREPLY=($(compgen -W \"{string.Join(' ', flag.Values)}\" -- \"$current\")); return ;;\n");
            }
        }

        script.Append("  esac\n  case \"$path\" in\n");
        foreach (var words in commands)
        {
            var flags = $"[[ $current != -* ]] || COMPREPLY=($(compgen -W \"{string.Join(' ', words.Flags.Select(flag => flag.Name))}\" -- \"$current\"))";
            var names = words.Commands.Count == 0 ? "" : $"[[ $current == -* ]] || COMPREPLY=($(compgen -W \"{string.Join(' ', words.Commands.Select(command => command.Name))}\" -- \"$current\")); ";
            script.Append($"    \"{words.Path}\") {names}{flags} ;;\n");
        }

        return script.Append("  esac\n}\ncomplete -o default -F _cawb cawb\n").ToString();
    }

    private static string Fish(IReadOnlyList<CommandWords> commands)
    {
        var script = new StringBuilder();
        foreach (var words in commands)
        {
            string[] seen = [.. words.Path.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => $"__fish_seen_subcommand_from {name}")];
            var place = seen.Length == 0 ? "__fish_use_subcommand" : string.Join("; and ", seen);
            var open = seen.Length > 0 && words.Commands.Count > 0 ? $"{place}; and not __fish_seen_subcommand_from {string.Join(' ', words.Commands.Select(command => command.Name))}" : place;
            foreach (var (name, sentence) in words.Commands)
            {
                script.Append($"complete -c cawb -n '{open}' -f -a {name} -d '{sentence}'\n");
            }

            foreach (var flag in words.Flags)
            {
                script.Append($"complete -c cawb -n '{place}' -l {flag.Name[2..]} {(flag.Values.Count > 0 ? $"-x -a '{string.Join(' ', flag.Values)}' " : "")}-d '{flag.Sentence}'\n");
            }
        }

        return script.ToString();
    }

    private static string PowerShell(IReadOnlyList<CommandWords> commands)
    {
        static string List(IEnumerable<string> words) => $"@({string.Join(", ", words.Select(word => $"'{word}'"))})";

        var script = new StringBuilder("Register-ArgumentCompleter -Native -CommandName cawb, cawb.cmd, ./cawb, .\\cawb.cmd -ScriptBlock {\n  param($current, $line, $position)\n  $words = @{\n");
        foreach (var words in commands)
        {
            script.Append($"    '{words.Path}' = {List([.. words.Commands.Select(command => command.Name), .. words.Flags.Select(flag => flag.Name)])}\n");
        }

        script.Append("  }\n  $values = @{\n");
        foreach (var words in commands)
        {
            foreach (var flag in words.Flags.Where(flag => flag.Values.Count > 0))
            {
                script.Append(string.Concat(flag.Names.Select(name => $"    '{words.Path} {name}' = {List(flag.Values)}\n")));
            }
        }

        return script.Append("""
              }
              $typed = @($line.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
              if ($current) { $typed = @($typed | Select-Object -SkipLast 1) }
              $path = ''
              foreach ($word in $typed) { $next = "$path $word".Trim(); if ($words.ContainsKey($next)) { $path = $next } }
              $previous = if ($typed.Count) { $typed[-1] } else { '' }
              $found = if ($values.ContainsKey("$path $previous")) { $values["$path $previous"] } else { $words[$path] }
              $found | Where-Object { $_ -like "$current*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
            }

            """).ToString();
    }
}
