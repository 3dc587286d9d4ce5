Console.Error.WriteLine("superres: commands are on their way.");
return 2;
