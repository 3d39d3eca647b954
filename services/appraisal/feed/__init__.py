"""What the appraisal service tells its neighbours, and the two feeds it hears."""
