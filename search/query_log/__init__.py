"""What people look for, counted by day without person or address.

``note`` is called where results are shown, ``clicked`` where one of them was opened. Both only add to what this process
remembers (buffer); every few seconds a thread writes it down (writing). Pages that are handed out from the store are
counted too (common.counting).
"""
