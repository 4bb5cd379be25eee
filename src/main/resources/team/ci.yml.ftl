# What has to hold before a change is merged. Nothing here reaches a real catalog: the last step runs the sample data in a
# warehouse that is thrown away.
name: data quality

on:
  push:
    branches: [main]
  pull_request:

permissions:
  contents: read

jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v4
        with:
          # .assay-product, in the version that this repository pins
          submodules: true
      - uses: actions/setup-java@v4
        with:
          distribution: temurin
          java-version: "17"
          cache: maven
          cache-dependency-path: .assay-product/pom.xml

      - name: Files are right
        run: ./assay validate
      - name: Rules make sense
        run: ./assay lint rulesets --strict
      - name: Rules do what they are meant to do
        run: ./assay test rulesets --junit .assay/ci/rulesets.xml
      - name: Dry run on the sample data
        run: ./assay run jobs/orders --data-date [=date] --home .assay/ci

      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: data-quality
          include-hidden-files: true
          path: |
            .assay/ci/reports/
            .assay/ci/rulesets.xml
