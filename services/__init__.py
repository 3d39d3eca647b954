"""The services of Cairn; they meet in shared.contracts and over HTTP, never in code."""
