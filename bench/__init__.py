"""The measured claims: ours and a yardstick in the same run, interleaved, as ratios."""
