"""Views in the CMS: what a team opens, and what the network's coordinators do."""
