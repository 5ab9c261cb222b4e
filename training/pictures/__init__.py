"""What all that is learnt from pictures, of whatever they show, is learnt with."""
