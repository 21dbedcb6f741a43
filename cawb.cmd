@echo off
rem Starts the program; builds it first where it is missing, older than its sources, or made for another libtorch (Torch).
rem The same as: dotnet run --project src\Cawb.Cli -c Release -- ..., but quicker. The counterpart of the file cawb.
setlocal
set "CAWB_ROOT=%~dp0"
set "CAWB_STAMP=%CAWB_ROOT%.build\command"
set "CAWB_PROGRAM=%CAWB_ROOT%src\Cawb.Cli\bin\Release\net10.0\Cawb.Cli.dll"
if not defined Torch set "Torch=cpu"
set "DOTNET_CLI_TELEMETRY_OPTOUT=1"
set "DOTNET_NOLOGO=1"

where dotnet >nul 2>nul
if errorlevel 1 (
  echo cawb: the .NET SDK 10 is missing. Get it from https://dotnet.microsoft.com/download/dotnet/10.0 and put dotnet on the PATH. 1>&2
  exit /b 1
)

if not exist "%CAWB_PROGRAM%" goto build
if not exist "%CAWB_STAMP%" goto build
set "CAWB_BUILT="
set /p CAWB_BUILT=<"%CAWB_STAMP%"
if not "%CAWB_BUILT%"=="%Torch%" goto build
powershell -NoProfile -NonInteractive -Command "$built = (Get-Item -LiteralPath $env:CAWB_STAMP).LastWriteTimeUtc; $files = @(Get-ChildItem -LiteralPath ($env:CAWB_ROOT + 'src') -Recurse -File) + @(Get-ChildItem -LiteralPath $env:CAWB_ROOT -Filter *.props -File); if ($files | Where-Object { $_.LastWriteTimeUtc -gt $built -and $_.FullName -notmatch '\\(obj|bin)\\' } | Select-Object -First 1) { exit 1 }"
if errorlevel 1 goto build
goto run

:build
echo Building cawb (the first time takes a few minutes) ... 1>&2
dotnet build "%CAWB_ROOT%src\Cawb.Cli" -c Release -v quiet --nologo 1>&2
if errorlevel 1 (
  echo cawb: the build failed; the first error above is the cause. Without a network, packages cannot be fetched. 1>&2
  exit /b 1
)
if not exist "%CAWB_ROOT%.build" mkdir "%CAWB_ROOT%.build"
>"%CAWB_STAMP%" echo %Torch%

:run
dotnet "%CAWB_PROGRAM%" %*
exit /b %ERRORLEVEL%
