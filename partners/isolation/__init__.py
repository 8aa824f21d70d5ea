"""What the team of one partner may reach in the CMS: its own and what the public sees, nothing of another partner.

`reach` says what is theirs, `keys` asks it about ids, `doors` lists every address of the CMS that a team may open and
which ids must fit, `gate` stands before all of them. What Wagtail lists is narrowed in `lists`, what its forms are
sent is checked in `forms`. People of the network (rules.sees_every_partner) pass; Wagtail's permissions bind them.
"""
