#!/usr/bin/env bash
# Starts Assay from its own folder: .assay-product (a submodule, which pins the version), or the one that ASSAY_PRODUCT names.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
product="${ASSAY_PRODUCT:-$here/.assay-product}"
if [ ! -x "$product/assay" ]; then
  echo "assay: there is no Assay in $product. README.md says how it gets there; or point ASSAY_PRODUCT at its folder." >&2
  exit 5
fi
exec "$product/assay" "$@"
