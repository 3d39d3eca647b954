#!/bin/sh
# Asks the advisory database about every version in run.txt; audit.sh <pip-audit> <log>.
# Where it cannot be asked about every one of them, nothing was audited: that is said, loudly.
set -u
here=$(dirname "$0")
if "$1" --requirement "$here/run.txt" --disable-pip --require-hashes --strict --progress-spinner off > "$2" 2>&1; then
	echo "No known weakness in requirements/run.txt."
elif grep -q "vulnerabilit[a-z]* in [0-9]* package" "$2"; then
	cat "$2"
	exit 1
else
	echo "NOT AUDITED: the advisory database cannot be asked from here; see $2." >&2
fi
