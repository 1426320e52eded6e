"""Texts that the tests look for, and texts that hold nothing of them."""

STORY = (
    "The harbour master’s daughter counted seventeen lanterns and blew out every second one, "
    "because the ferry was late again that evening. Nobody asked her afterwards which of the "
    "remaining lanterns had belonged to the drowned fishermen of the northern breakwater, although "
    "everyone wondered. When the bell finally rang, she climbed down the wet iron ladder without "
    "looking back, and the smell of tar and oranges followed her all the way up to the customs "
    "house, where her grandmother kept the ledgers of ships that never returned."
)
OTHER = (
    "Quarterly revenue rose by four per cent while operating costs stayed flat, the company said "
    "on Tuesday; analysts had expected a smaller increase. The board proposes an unchanged "
    "dividend and will ask shareholders for permission to buy back up to a tenth of all shares. "
    "Trading in the new segment remains slow, and management does not give any outlook for the "
    "coming year. Shares fell slightly in early trading before they recovered around noon."
)
RUSSIAN = (
    "Дочь начальника порта насчитала семнадцать фонарей и задула каждый второй, потому что паром "
    "в тот вечер опять опоздал, и никто потом её ни о чём не спросил."
)
CHINESE = (
    "港务长的女儿数了十七盏灯笼，然后每隔一盏吹灭一盏，因为那天晚上渡轮又晚点了，事后也没有人问过她，"
    "剩下的灯笼究竟属于谁，尽管大家心里都在想这件事情。"
)
