// The live count and the number of threads belong to the process: tests that look at them cannot run beside others.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
