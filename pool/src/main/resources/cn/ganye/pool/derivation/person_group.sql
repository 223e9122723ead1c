-- question  In which key groups is each person, from which month to which?
-- grain     one row per person, key group and unbroken run of months in the frame
-- inputs    group_member, month
-- output    person_group(person, key_group, from_month, to_month)
-- publish   key_group
-- order     key_group, person, from_month
-- codes     key_group: key-group
SELECT g.person, g.key_group, f.month AS from_month, t.month AS to_month
FROM group_member g
JOIN month f ON f.month_ix = g.from_ix
JOIN month t ON t.month_ix = g.to_ix
