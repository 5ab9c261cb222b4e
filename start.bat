@echo off
rem Opens Dantok's page: double-click it. The first start installs what is needed into this folder:
rem .uv (what installs) and .venv-train (Python and all libraries).
setlocal
chcp 65001 >nul
cd /d "%~dp0"

set "preparing=Getting ready. The first time downloads about 1 GB and takes some minutes; leave this window open."
set "no_python=There is no Python: install 3.13 from the Microsoft Store or python.org, and open this again."
set "failed=It could not be installed: check the network and the room on the disk, and open this again; it goes on."
for /f "tokens=3" %%l in ('reg query "HKCU\Control Panel\International" /v LocaleName 2^>nul') do set "locale=%%l"
if "%locale:~0,2%"=="ko" call :korean

rem A batch file knows no "newer than": the pins that were installed are kept, and compared with those of now.
fc /b requirements\train.txt .venv-train\installed.txt >nul 2>&1 && fc /b pyproject.toml .venv-train\installed.toml >nul 2>&1 && goto open

echo %preparing%
call :find_uv
if not defined uv goto no_python
rem uv takes a Python of this machine that fits, or fetches one.
"%uv%" venv --quiet --allow-existing --python ">=3.11,<3.14" .venv-train || goto failed
"%uv%" pip install --python .venv-train --constraint requirements\train.txt --editable ".[train]" || goto failed
copy /y requirements\train.txt .venv-train\installed.txt >nul || goto failed
copy /y pyproject.toml .venv-train\installed.toml >nul || goto failed

:open
.venv-train\Scripts\dantok.exe %*
set "code=%errorlevel%"
if not "%code%"=="0" pause
exit /b %code%

:find_uv
for %%u in (uv.exe) do set "uv=%%~$PATH:u"
if defined uv exit /b
if exist .uv\bin\uv.exe set "uv=.uv\bin\uv.exe"
if defined uv exit /b
for %%p in ("py -3" python python3) do if not defined uv call :fetch_uv %%~p
if defined uv exit /b
rem Windows without any Python: its own package manager has uv, too.
where winget >nul 2>&1 || exit /b
winget install --exact --id astral-sh.uv --silent --accept-package-agreements --accept-source-agreements
for %%u in ("%LOCALAPPDATA%\Microsoft\WinGet\Links\uv.exe") do if exist %%u set "uv=%%~u"
exit /b

:fetch_uv
%* -m pip --version >nul 2>&1 || exit /b
%* -m pip install --quiet --disable-pip-version-check --target .uv --upgrade --constraint requirements\dev.txt uv
if exist .uv\bin\uv.exe set "uv=.uv\bin\uv.exe"
exit /b

:no_python
echo %no_python%
pause
exit /b 1

:failed
echo %failed%
pause
exit /b 1

:korean
set "preparing=준비하고 있어요. 처음에는 1 GB쯤 내려받으니 몇 분 걸려요. 창을 닫지 마세요."
set "no_python=파이썬이 없어요. Microsoft Store나 python.org에서 파이썬 3.13을 설치하고 다시 열어 주세요."
set "failed=설치하지 못했어요. 인터넷 연결과 디스크의 빈 자리를 확인하고 다시 열어 주세요. 이어서 설치해요."
exit /b
