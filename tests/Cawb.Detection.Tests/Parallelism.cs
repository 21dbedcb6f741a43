// Live tensors are counted for the whole process, so nothing may run beside a test that counts them.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
