# warehouse, keys, logs and reports of local runs
.assay/
__pycache__/
*.crc
.idea/
.vscode/
