"""How the detector for ordinary pictures is trained and measured; what it shares with CIFAKE's lies one up."""
