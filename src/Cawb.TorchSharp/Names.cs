// TorchSharp's nested types under their own short names.
global using IBetas = TorchSharp.torch.optim.IBetas;
global using ILearningRateController = TorchSharp.torch.optim.ILearningRateController;
global using IMomentum = TorchSharp.torch.optim.IMomentum;
global using LRScheduler = TorchSharp.torch.optim.lr_scheduler.LRScheduler;
global using Optimizer = TorchSharp.torch.optim.Optimizer;
