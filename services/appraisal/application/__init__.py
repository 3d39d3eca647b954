"""What can be asked of the appraisal service."""
