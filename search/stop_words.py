"""Words that a question is put with and that say nothing about what is looked for, folded as search.text folds them."""

RUSSIAN = """
а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее если есть
еще же за зачем здесь и из или им ими их к как какая какие какими каким каких каков какова каково какого какое какой
каком какому какую кем ко когда кого кому
который которая которое которые которых которой котором которую кто куда ли лучше меня мне можно мой моя мы на над надо
найти нам нас наш не него нее нет ни них но ну нужен нужна нужно о об один она они оно от откуда очень по под
пожалуйста поискать почему при про с сам свой себе себя сейчас сколько со так такое такой там то тоже только том тот
тут ты у уж уже хотел хотела хотим хочется хочу чего чей чем чему через что чтобы чье чья эта эти это этого этой этом
этот я являются является
"""
BELARUSIAN = """
а аб або але без бы быць быу была было былі вас вельмі вось вы для да дзе дык ен ж за зараз знайсці і іх каб каго
каля калі каму куды кім мне можна мой мы на над нам нас наш не няма о пад пра праз пры са сабе свае свой сябе так
такі там таксама то той толькі трэба тут ты у ужо усе хачу хто хоча ці чаго чаму чым што штосьці шукаю які якая якое
якія якіх якога якой якім яго яе яна яно яны як яшчэ я з ад па
"""
ENGLISH = """
a about all am an and any are as at be been but by can could did do does for from get had has have he her here him
his how i if in into is it its me my no not of on or our please she should so some than that the their them there
these they this those to was we were what when where which who whom whose why will with would you your
"""
STOP_WORDS = frozenset(f"{RUSSIAN} {BELARUSIAN} {ENGLISH}".split())
