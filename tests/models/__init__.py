"""Tests of the training pipeline and of the shipped model."""
