// Kernels take scratch from the stack and write it before they read it; zeroing it first would cost as much as some of them do.
[module: System.Runtime.CompilerServices.SkipLocalsInit]
