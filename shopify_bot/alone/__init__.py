"""Deciding alone: what the model is sure enough of is approved without a person, where the shop allows it.

It is off until somebody turns it on. A share is drawn for a person all the same; when their verdicts fall
below what the model promised, it turns itself off and says so.
"""
