# [=team]

Data pipelines of [=team], measured and gated by Assay: `jobs/` says what is made, `rulesets/` what it must meet. A table is published only if it
is good enough; what is not waits for a decision of ours.

## Once

Assay's own repository is a submodule, so that everybody and the CI use the same version of it:

```bash
git init
git submodule add ADDRESS-OF-ASSAY .assay-product   # the address of the repository of Assay that your company uses
git commit -am "Assay, in the version we use"
```

A colleague says `git clone --recurse-submodules …`. `./assay` starts the product from there (JDK 17 and Maven; the first call builds it, which takes
minutes) or from a folder that the environment variable `ASSAY_PRODUCT` names. A newer version: `git -C .assay-product checkout VERSION`, run what
the CI runs, commit. Without a submodule, `ASSAY_PRODUCT=/path/to/assay ./assay --version` is enough to look around.

## Every day

```bash
./assay validate                                                       # a typo gets file, line, column and the likely fix
./assay lint rulesets --strict                                         # rules that contradict, repeat or never fail
./assay test rulesets                                                  # the tests beside the rulesets, on made-up rows
./assay run jobs/orders --data-date [=date] --home .assay/try     # the sample data, in a warehouse of its own
./assay init --from some/file.csv                                      # a further pipeline, from a look at its input
```

`.github/workflows/data-quality.yml` runs the first four for every change. Another CI server can run the same four lines.

## What is where

| | |
| --- | --- |
| `jobs/orders/` | the example: `pipeline.yaml`, and a file for each table it makes; take it as a pattern, then remove it |
| `jobs/profiles/` | where it runs: `local` (a laptop), `aws` (EMR, Glue, S3; needs `ASSAY_WAREHOUSE=s3://…`) |
| `jobs/contracts/`, `jobs/governance/` | not there yet: what consumers rely on, and who may see what |
| `rulesets/LAYER/TABLE.dqdl` | what a table must meet; `TABLE.test.yaml` beside it holds its tests |
| `samples/` | a small input for the CI; nothing of customers belongs here |
| `airflow/dags/` | a file of two lines for each pipeline |
| `.assay/` | warehouse, logs and reports of local runs; not committed |

The product's documentation is in `.assay-product/docs/`: begin with `README.md` there. `.assay-product/schemas/` completes the YAML files in editors.

## In Airflow

`airflow/dags/orders.py` needs the package `assay_airflow`. It comes with the product, in `.assay-product/airflow/dags`, and is not copied into this
repository, so that it always fits the version of the product. On a laptop:

```bash
.assay-product/airflow/environment                                     # Airflow, in .assay-product/.venv-airflow
export ASSAY_MODE=local ASSAY_PROJECT=$PWD PYTHONPATH=$PWD/.assay-product/airflow/dags
export AIRFLOW_HOME=$PWD/.assay/airflow AIRFLOW__CORE__DAGS_FOLDER=$PWD/airflow/dags AIRFLOW__CORE__LOAD_EXAMPLES=False
.assay-product/.venv-airflow/bin/airflow db migrate
.assay-product/.venv-airflow/bin/airflow dags test orders -c '{"data_date": "[=date]"}' -f "$PWD/airflow/dags/orders.py"
```

On MWAA the DAG folder gets `airflow/dags/*.py` and `jobs/` of this repository, and `.assay-product/airflow/dags/assay_airflow`;
`.assay-product/docs/airflow.md` has the rest. Where the raw files are there, the DAG says: `pipeline_dag("orders", variables={"raw": "s3://…"})`.
