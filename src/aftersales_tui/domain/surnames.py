"""Chinese surnames that are read differently as a name, or in more than one way.

The usual reading as a surname comes first, then the readings people guess. Compound
surnames give one syllable per character.
"""

SINGLE: dict[str, tuple[str, ...]] = {
    "万": ("wan",), "么": ("yao", "me"), "乐": ("yue", "le"), "乜": ("nie", "mie"),
    "仇": ("qiu", "chou"), "仉": ("zhang",), "任": ("ren",), "佴": ("nai", "er"),
    "俞": ("yu", "shu"), "冼": ("xian", "xi"), "区": ("ou", "qu"), "區": ("ou", "qu"),
    "华": ("hua",), "单": ("shan", "dan", "chan"), "卜": ("bu", "bo"), "厍": ("she",),
    "句": ("gou", "ju"), "召": ("shao", "zhao"), "员": ("yun", "yuan"), "呙": ("guo",),
    "哈": ("ha",), "員": ("yun", "yuan"), "單": ("shan", "dan", "chan"), "宓": ("mi", "fu"),
    "宿": ("su", "xiu"), "尉": ("wei", "yu"), "幺": ("yao",), "应": ("ying",), "應": ("ying",),
    "折": ("she", "zhe"), "晁": ("chao",), "曲": ("qu",), "曾": ("zeng", "ceng"),
    "朴": ("piao", "pu"), "柏": ("bai", "bo"), "查": ("zha", "cha"), "樂": ("yue", "le"),
    "沈": ("shen", "chen"), "洗": ("xian", "xi"), "燕": ("yan",), "牟": ("mu", "mou"),
    "盖": ("ge", "gai"), "盛": ("sheng", "cheng"), "相": ("xiang",), "石": ("shi",),
    "祭": ("zhai", "ji"), "种": ("chong", "zhong"), "秘": ("bi", "mi"), "粘": ("nian", "zhan"),
    "紀": ("ji",), "繁": ("po", "fan"), "繆": ("miao", "mou", "miu"), "纪": ("ji",),
    "缪": ("miao", "mou", "miu"), "翟": ("zhai", "di"), "能": ("nai", "neng"), "臧": ("zang",),
    "莘": ("shen", "xin"), "華": ("hua",), "葛": ("ge",), "蓋": ("ge", "gai"), "薄": ("bo", "bao"),
    "藏": ("zang", "cang"), "褚": ("chu", "zhu"), "覃": ("qin", "tan"), "解": ("xie", "jie"),
    "訾": ("zi",), "諶": ("chen", "shen"), "谌": ("chen", "shen"), "費": ("fei", "bi"),
    "賈": ("jia",), "费": ("fei", "bi"), "贾": ("jia",), "車": ("che",), "车": ("che",),
    "逄": ("pang",), "那": ("na",), "郇": ("xun", "huan"), "郗": ("xi", "chi"),
    "都": ("du", "dou"), "重": ("chong", "zhong"), "长": ("zhang", "chang"), "闞": ("kan",),
    "阚": ("kan",), "降": ("xiang", "jiang"), "隗": ("wei", "kui"), "黑": ("he", "hei"),
}  # fmt: skip

COMPOUND: dict[str, tuple[str, ...]] = {
    "万俟": ("mo qi", "wan si"), "上官": ("shang guan",), "东方": ("dong fang",),
    "东郭": ("dong guo",), "乐正": ("yue zheng", "le zheng"), "亓官": ("qi guan",),
    "令狐": ("ling hu",), "仲孙": ("zhong sun",), "公冶": ("gong ye",), "公孙": ("gong sun",),
    "公孫": ("gong sun",), "单于": ("chan yu", "dan yu", "shan yu"), "南宫": ("nan gong",),
    "司徒": ("si tu",), "司空": ("si kong",), "司馬": ("si ma",), "司马": ("si ma",),
    "呼延": ("hu yan",), "單于": ("chan yu", "dan yu", "shan yu"), "夏侯": ("xia hou",),
    "太史": ("tai shi",), "宇文": ("yu wen",), "完颜": ("wan yan",), "宗政": ("zong zheng",),
    "宰父": ("zai fu",), "尉迟": ("yu chi", "wei chi"), "尉遲": ("yu chi", "wei chi"),
    "左丘": ("zuo qiu",), "慕容": ("mu rong",), "拓跋": ("tuo ba",), "東方": ("dong fang",),
    "欧阳": ("ou yang",), "歐陽": ("ou yang",), "淳于": ("chun yu",), "漆雕": ("qi diao",),
    "澹台": ("tan tai", "dan tai"), "濮阳": ("pu yang",), "独孤": ("du gu",), "申屠": ("shen tu",),
    "百里": ("bai li",), "皇甫": ("huang fu", "huang pu"), "端木": ("duan mu",), "第五": ("di wu",),
    "纳兰": ("na lan",), "西门": ("xi men",), "諸葛": ("zhu ge",), "诸葛": ("zhu ge",),
    "赫连": ("he lian",), "轩辕": ("xuan yuan",), "钟离": ("zhong li",),
    "長孫": ("zhang sun", "chang sun"), "长孙": ("zhang sun", "chang sun"), "闻人": ("wen ren",),
    "鲜于": ("xian yu",),
}  # fmt: skip
