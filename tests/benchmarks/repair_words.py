"""The words of the generated shop: what callers say and technicians write, in both languages.

A text is put together from clauses that were heard at a counter, with readings, places and part numbers
drawn anew each time, so that texts are as varied as real ones and share words as real ones do.
"""

# ruff: noqa: E501 - a table is read in whole rows

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of product: its category, makers, and what breaks in it, in English and in Chinese."""

    category: str
    brands: tuple[str, ...]
    models: str
    parts: tuple[tuple[str, str], ...]
    faults: tuple[tuple[str, str], ...]


KINDS = (
    Kind(
        "washing_machine", ("Haier 海尔", "Midea 美的", "Bosch 博世", "LG", "Siemens 西门子"), "XQG",
        (("drain pump", "排水泵"), ("door lock", "门锁"), ("drum bearing", "滚筒轴承"), ("suspension rod", "吊杆"),
         ("motor brush", "碳刷"), ("water inlet valve", "进水阀"), ("door gasket", "门封圈")),
        (("water stays in the drum", "桶里的水排不掉"), ("jumps across the floor when spinning", "脱水时跳得满地走"),
         ("door will not open after the programme", "程序完了门打不开"), ("leaks under the machine", "底下漏水"),
         ("does not take in water", "不进水"), ("smells of burnt rubber", "有橡胶烧焦的味道")),
    ),
    Kind(
        "refrigerator", ("Haier 海尔", "Samsung 三星", "Hisense 海信", "Siemens 西门子", "Midea 美的"), "BCD",
        (("compressor relay", "压缩机启动器"), ("defrost heater", "化霜加热丝"), ("door seal", "门封条"),
         ("evaporator fan", "蒸发器风扇"), ("thermostat", "温控器"), ("damping pad", "减震胶垫")),
        (("freezer thaws overnight", "冷冻室一夜化冻"), ("hums so loudly nobody can sleep", "嗡嗡响得睡不着"),
         ("ice builds up at the back wall", "后壁结冰"), ("light is on but it is warm inside", "灯亮但不制冷"),
         ("water runs out at the front", "前面往外流水")),
    ),
    Kind(
        "air_conditioner", ("Gree 格力", "Midea 美的", "Daikin 大金", "Haier 海尔", "Mitsubishi 三菱"), "KFR",
        (("outdoor fan motor", "外机风扇电机"), ("start capacitor", "启动电容"), ("drain hose", "排水管"),
         ("expansion valve", "膨胀阀"), ("indoor board", "内机主板"), ("pipe sensor", "管温传感器")),
        (("blows warm air after half an hour", "半小时后吹热风"), ("drips on the bed at night", "夜里滴水到床上"),
         ("remote control does nothing", "遥控没有反应"), ("outdoor unit screams on starting", "外机启动时尖叫"),
         ("smells musty when switched on", "一开有霉味")),
    ),
    Kind(
        "microwave", ("Galanz 格兰仕", "Midea 美的", "Panasonic 松下", "Sharp 夏普"), "P70",
        (("magnetron", "磁控管"), ("mica sheet", "云母片"), ("door switch", "门开关"), ("high-voltage diode", "高压二极管"),
         ("turntable motor", "转盘电机"), ("high-voltage capacitor", "高压电容")),
        (("sparks inside", "里面打火"), ("turns and lights but does not heat", "转盘转灯亮就是不热"),
         ("shows a small lock and no key works", "屏幕一直显示小锁"), ("stops after ten seconds", "十秒就停"),
         ("hums and trips the fuse", "嗡一声就跳闸")),
    ),
    Kind(
        "tv_flat", ("Hisense 海信", "TCL", "Sony 索尼", "Xiaomi 小米", "Skyworth 创维"), "L55",
        (("backlight strip", "背光灯条"), ("T-con board", "逻辑板"), ("power board", "电源板"), ("HDMI socket", "HDMI 接口"),
         ("infrared receiver", "遥控接收头"), ("panel flex", "屏线")),
        (("sound but no picture", "有声音没图像"), ("vertical stripes on the left", "左边有竖条"),
         ("switches itself off", "自己关机"), ("stays on the start-up logo", "卡在开机画面"),
         ("picture is dark in one corner", "一角发暗")),
    ),
    Kind(
        "laptop", ("Lenovo 联想", "Huawei 华为", "Dell 戴尔", "HP 惠普", "Apple 苹果", "ASUS 华硕"), "E14",
        (("battery", "电池"), ("fan", "风扇"), ("keyboard", "键盘"), ("charging port", "充电口"), ("display cable", "屏线"),
         ("hinge", "转轴"), ("solid-state drive", "固态硬盘"), ("touchpad", "触摸板")),
        (("does not charge", "充不进电"), ("black screen after sleep", "睡眠后黑屏"), ("types two letters with one touch", "按一下出两个字母"),
         ("coffee over the keyboard", "咖啡洒在键盘上"), ("fan never stops", "风扇一直狂转"), ("battery swollen", "电池鼓包"),
         ("hinge is broken", "转轴断了")),
    ),
    Kind(
        "phone", ("Huawei 华为", "Xiaomi 小米", "Apple 苹果", "OPPO", "vivo", "Samsung 三星"), "P60",
        (("screen assembly", "屏总成"), ("battery", "电池"), ("charging port", "充电口"), ("rear camera", "后摄"),
         ("earpiece", "听筒"), ("fingerprint sensor", "指纹模块")),
        (("fell into the sink and is dead", "掉水池里开不了机"), ("screen cracked after a fall", "摔了一下屏碎了"),
         ("charges only with the plug held askew", "充电线要歪着才能充"), ("camera is black", "相机打开全黑"),
         ("no sound in calls", "通话没声音"), ("restarts several times an hour", "一小时重启几次")),
    ),
    Kind(
        "printer", ("Brother 兄弟", "HP 惠普", "Epson 爱普生", "Canon 佳能"), "L3250",
        (("pickup roller", "搓纸轮"), ("fuser", "定影器"), ("print head", "打印头"), ("waste ink pad", "废墨垫"),
         ("separation pad", "分离垫"), ("toner sensor", "碳粉传感器")),
        (("paper jam at the rear", "后部卡纸"), ("prints without cyan", "打印缺青色"), ("pulls several sheets at once", "一次抓好几张纸"),
         ("says the cartridge is not recognised", "提示不认墨盒"), ("streaks on every page", "每页都有条纹")),
    ),
    Kind(
        "vacuum_cleaner", ("Dyson 戴森", "Xiaomi 小米", "Ecovacs 科沃斯", "Roborock 石头"), "V8",
        (("suction motor", "吸尘电机"), ("brush roller", "滚刷"), ("battery pack", "电池包"), ("filter", "滤网"),
         ("lidar", "激光雷达"), ("trigger switch", "扳机开关")),
        (("runs only ten minutes", "只能用十分钟"), ("pulses on and off", "一开一停"), ("smokes and smells burnt", "冒烟有焦味"),
         ("goes round in circles", "原地打转"), ("does not find its dock", "找不到充电座")),
    ),
    Kind(
        "kettle", ("Joyoung 九阳", "Supor 苏泊尔", "Midea 美的", "Philips 飞利浦"), "K17",
        (("thermostat", "温控开关"), ("lid sensor", "上盖传感器"), ("heating plate", "发热盘"), ("power cord", "电源线"),
         ("steam channel", "蒸汽通道")),
        (("boils on and does not switch off", "烧开了不跳"), ("shows E1", "显示 E1"), ("trips the breaker", "一插就跳闸"),
         ("leaks at the base", "底座漏水"), ("takes half an hour to boil", "半小时才烧开")),
    ),
)  # fmt: skip

_SINCE = (
    ("since yesterday evening", "从昨天晚上开始"), ("since the power cut", "停电之后"), ("for about two weeks", "大概两个星期了"),
    ("after the move", "搬家之后"), ("since a child played with it", "小孩玩过之后"), ("on cold mornings", "天冷的早上"),
    ("after the last update", "上次升级以后"), ("once it has warmed up", "热机以后"), ("every second time", "隔一次就来一回"),
    ("only on high", "只有开大档才这样"), ("after a thunderstorm", "打雷以后"), ("from the first day", "买来第一天就有"),
    ("now and then", "时好时坏"), ("since it was cleaned", "清洗之后"), ("when the neighbours cook", "隔壁做饭的时候"),
)  # fmt: skip
_SAYS = (
    ("needs it back before the weekend", "周末前要用"), ("asks for a price first", "先问多少钱再修"),
    ("tried another socket", "换过插座也一样"), ("another shop gave it back", "别家看过退回来了"),
    ("data must be kept", "数据不能丢"), ("will collect in person", "自己来取"), ("please call after six", "六点以后再打电话"),
    ("has the invoice at home", "发票在家里"), ("box and charger handed in", "带盒子和充电器"),
    ("scratch on the cover noted", "外壳有划痕已记录"), ("is hard of hearing", "听力不好请讲慢点"),
    ("neighbour on floor {floor} has the same", "{floor} 楼邻居也一样"), ("happened {n} times this month", "这个月第 {n} 次了"),
    ("bought it in shop {room}", "在 {room} 号店买的"), ("reads error {code}", "显示 {code}"),
)  # fmt: skip
_FINDINGS = (
    ("{part} reads {value} {unit}, should be {other}", "{part}实测 {value} {unit}，标称 {other}"),
    ("{part} cracked at the solder joint", "{part}焊点开裂"), ("{part} worn, play {value} mm", "{part}磨损，间隙 {value} mm"),
    ("water marks round the {part}", "{part}周围有进水痕迹"), ("{part} burnt, board around it brown", "{part}烧坏，板面发黄"),
    ("fault not seen in {value} hours of test", "连测 {value} 小时未出现故障"), ("{part} blocked by lint and scale", "{part}被毛絮和水垢堵住"),
    ("connector of the {part} oxidised, {value} ohm", "{part}插头氧化，阻值 {value} 欧"), ("error log holds {code} and {code2}", "故障记录 {code}、{code2}"),
    ("{part} draws {value} {unit} when cold", "{part}冷态电流 {value} {unit}"),
)  # fmt: skip
_CAUSES = (
    ("age of the {part}", "{part}老化"), ("liquid got in", "进液"), ("overvoltage from the mains", "电网过压"), ("grease washed out", "润滑脂流失"),
    ("fall from about {value} cm", "约 {value} 厘米高跌落"), ("mounted askew in production", "出厂装配偏斜"), ("dust and hair", "灰尘毛发堆积"),
    ("wear after some {thousands} hours", "使用约 {thousands} 小时磨损"), ("repaired elsewhere with a wrong part", "别处维修用错配件"),
)  # fmt: skip
_ACTIONS = (
    ("{part} {number} replaced, tested {value} min", "更换{part} {number}，试机 {value} 分钟"), ("{part} cleaned and re-greased", "清洗{part}并重新加油"),
    ("re-soldered the {part}, measured {value} {unit}", "{part}补焊，实测 {value} {unit}"), ("firmware {number} installed", "升级固件 {number}"),
    ("{part} adjusted to {value} mm", "{part}调到 {value} mm"), ("cable of the {part} rerouted and fixed", "{part}走线重新固定"),
    ("reset, calibrated, {value} cycles without a fault", "复位校准，运行 {value} 次正常"),
)  # fmt: skip
_UNITS = ("V", "A", "µF", "kΩ", "W", "bar", "dB", "mAh")

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲建国华红梅波斌宇浩凯健俊帆帅旭宁欣怡佳琪雨婷思涵子轩梓晨嘉慧雪晴海燕春生志鹏飞云龙晓东林峰少鸿泽博雅诗瑶可馨若曦安琳珊莉蓉倩颖露瑞庆忠义礼信诚"
FIRST = (
    "Anna", "Anika", "Ben", "Carla", "Daniel", "Elena", "Farid", "Greta", "Hugo", "Ines", "Jürgen", "Katja", "Liam", "Marta",
    "Nils", "Olga", "Paul", "Rosa", "Siobhán", "Tom", "Uwe", "Vera", "Wei-Ling", "Yusuf", "Zoë", "Grace", "Henry", "Ivy",
    "Jack", "Noah", "Priya", "Rahul", "Sofia", "Theo", "Chloe", "Marek", "Agnieszka", "François", "Lars", "Kemal",
)  # fmt: skip
LAST = (
    "Müller", "Schmidt", "Patel", "O'Brien", "Kowalski", "Becker", "Ng", "Tan", "Smith", "Jones", "Taylor", "Brown", "Novák",
    "Rossi", "García", "Fernández", "Dubois", "Lefèvre", "Jensen", "Nielsen", "Yilmaz", "Öztürk", "Khan", "Singh", "Wagner",
    "Hoffmann", "Fischer", "Weber", "Murphy", "Walsh", "Evans", "Lewis", "Young", "King", "Wright", "Hill", "Baker", "Carter",
    "Moreau", "Silva", "Santos", "Ivanova", "Petrov", "Larsen", "Berg", "Lindqvist", "van Dijk", "de Boer", "Costa", "Greene",
)  # fmt: skip
DISTRICTS = (
    "Luohu 罗湖", "Futian 福田", "Nanshan 南山", "Bao'an 宝安", "Longgang 龙岗", "Longhua 龙华", "Yantian 盐田", "Guangming 光明",
)  # fmt: skip
STREETS = (
    "Dongmen Rd", "Binhe Ave", "Xuefu Rd", "Cuizhu Rd", "Shennan Blvd", "Hongli Rd", "Bagua 3rd Rd", "Qianhai Rd",
    "人民南路", "翠竹路", "学府路", "红荔路", "八卦三路", "梅林路", "布吉河街", "桃园路", "前海路", "坂田大道",
)  # fmt: skip
SELLERS = (
    "京东自营 JD.com",
    "苏宁易购 Suning",
    "天猫旗舰店 Tmall",
    "Gome 国美",
    "own counter",
    "Carrefour",
    "拼多多",
    "Costco",
)


def _one_of(rng: Random, pairs: Sequence[tuple[str, str]], chinese: bool) -> str:
    # common clauses come up far more often than rare ones, as at a counter
    at = min(int(rng.expovariate(3.0) * len(pairs)), len(pairs) - 1)
    return pairs[at][chinese]


def _code(rng: Random) -> str:
    return f"{rng.choice('EFHPU')}{rng.randint(1, 99)}"


def _filled(rng: Random, pairs: Sequence[tuple[str, str]], kind: Kind, chinese: bool) -> str:
    value = round(rng.lognormvariate(2.5, 1.2), 1)
    return _one_of(rng, pairs, chinese).format(
        part=rng.choice(kind.parts)[chinese],
        value=f"{value:g}",
        other=f"{round(value * rng.uniform(1.2, 4), 1):g}",
        unit=rng.choice(_UNITS),
        code=_code(rng),
        code2=_code(rng),
        number=f"{rng.choice('ABDKMQRSTVWX')}{rng.choice('ABDKMQRSTVWX')}{rng.randint(100, 99999)}",
        thousands=f"{rng.randint(2, 60)}00",
        floor=rng.randint(1, 32),
        n=rng.randint(2, 9),
        room=f"{rng.choice('ABCDEF')}{rng.randint(100, 999)}",
    )


def fault(rng: Random, kind: Kind, chinese: bool) -> str:
    """What a caller says is wrong."""
    stop, comma = ("。", "，") if chinese else (". ", ", ")
    words = rng.choice(kind.faults)[chinese]
    if rng.random() < 0.8:
        words += comma + _one_of(rng, _SINCE, chinese)
    for _ in range(rng.choice((0, 1, 1, 2))):
        words += stop + _filled(rng, _SAYS, kind, chinese)
    return words[0].upper() + words[1:]


def repair(rng: Random, kind: Kind, chinese: bool) -> tuple[str, str, str]:
    """What a technician writes: finding, cause, action."""
    comma = "，" if chinese else ", "
    finding = _filled(rng, _FINDINGS, kind, chinese)
    if rng.random() < 0.4:
        finding += comma + _filled(rng, _FINDINGS, kind, chinese)
    return finding, _filled(rng, _CAUSES, kind, chinese), _filled(rng, _ACTIONS, kind, chinese)


def part_used(rng: Random, kind: Kind, chinese: bool) -> str:
    """A part as it is written on the repair record."""
    number = f"{rng.choice('BCFGHKLMNPRTVXZ')}{rng.randint(10, 99)}-{rng.randint(1000, 99999)}"
    return f"{rng.choice(kind.parts)[chinese]} {number}"


def name(rng: Random) -> str:
    """A customer's name; two of three are Chinese, some in both scripts, some a company's."""
    drawn = rng.random()
    if drawn < 0.66:
        chinese = rng.choice(SURNAMES) + "".join(rng.choice(GIVEN) for _ in range(rng.choice((1, 2, 2))))
        return f"{chinese} {rng.choice(FIRST)}" if drawn < 0.08 else chinese
    if drawn < 0.94:
        return f"{rng.choice(FIRST)} {rng.choice(LAST)}"
    return f"{rng.choice(LAST)} {rng.choice(('Trading Ltd', '& Partner', 'Hotel', '商行', '物业', 'Studio', '小学'))}"
