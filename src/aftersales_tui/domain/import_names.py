"""What the columns of other people's tables are called, by field; compared without case and separators."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from aftersales_tui.domain.text import squeeze


class Field(StrEnum):
    """What a column can be; these names are what ``--map`` takes, so they are a promise."""

    SERIAL = "serial"
    BRAND = "brand"
    MODEL = "model"
    PRODUCT = "product"
    CATEGORY = "category"
    SOLD = "sold"
    INVOICED = "invoiced"
    DELIVERED = "delivered"
    INSTALLED = "installed"
    ACCEPTED = "accepted"
    PRODUCED = "produced"
    INVOICE_NO = "invoice_no"
    SELLER = "seller"
    PLACE = "place"
    NOTES = "notes"
    NAME = "name"
    PHONE = "phone"
    REGION = "region"
    ADDRESS = "address"
    EMAIL = "email"
    PRICE_GROUP = "price_group"


_EXACT: Mapping[Field, str] = {
    Field.SERIAL: """
        serial; serial no; serial number; serial nr; serial num; serial code; s/n; sn; s/n no; sn number;
        sn code; snr; imei; imei 1; imei number; imei/sn; meid; product serial; product serial number;
        device serial; device serial number; unit serial; unit serial number; machine number; machine no;
        seriennummer; 序列号; 产品序列号; 商品序列号; 设备序列号; 机器序列号; 整机序列号; 机身序列号;
        序列编号; 机身号; 机身编号; 机身码; 机身条码; 机号; 机器号; 机器编号; 机编; 机器编码; 整机编号;
        整机编码; 整机条码; 主机号; 主机编号; 主机条码; 出厂编号; 出厂序号; 串号; 串码; 机身串号;
        设备编号; 设备号; sn码; sn号; sn编号; 产品sn; 商品sn; 设备sn; imei号; imei码
    """,
    Field.BRAND: """
        brand; brand name; make; manufacturer; maker; marke; hersteller; 品牌; 品牌名称; 产品品牌;
        商品品牌; 厂牌; 牌子; 厂商; 制造商; 生产厂家; 厂家
    """,
    Field.MODEL: """
        model; model no; model number; model name; model code; product model; device model;
        type designation; modell; 型号; 产品型号; 商品型号; 机型; 设备型号; 机器型号; 规格型号; 型号规格;
        型号/规格; 产品机型; 型号名称
    """,
    Field.PRODUCT: """
        product; product name; product description; item; item name; item description; article; goods;
        device; 产品; 产品名称; 商品; 商品名称; 品名; 货品名称; 货名; 物品名称; 设备名称; 机器名称;
        商品名; 产品名; 名称规格
    """,
    Field.CATEGORY: """
        category; product category; kind; product kind; product type; device type; type; class;
        product group; product line; 品类; 类别; 产品类别; 商品类别; 产品类型; 商品类型; 分类; 产品分类;
        商品分类; 产品种类; 种类; 类型; 大类; 产品大类; 商品大类; 电器类别
    """,
    Field.SOLD: """
        sold; sold on; sold date; date sold; sale date; sales date; date of sale; purchased;
        purchase date; purchased on; date of purchase; bought; bought on; buy date; order date; kaufdatum;
        verkaufsdatum; 购买日期; 购买时间; 购机日期; 购机时间; 购货日期; 购入日期; 购置日期; 销售日期;
        销售时间; 售出日期; 售出时间; 出售日期; 卖出日期; 成交日期; 成交时间; 下单日期; 下单时间;
        订单日期; 销售日; 购买日; 购买年月日
    """,
    Field.INVOICED: """
        invoiced; invoiced on; invoice date; date of invoice; bill date; receipt date; rechnungsdatum;
        开票日期; 开票时间; 发票日期; 发票时间; 发票开具日期; 开具日期; 票据日期; 收据日期
    """,
    Field.DELIVERED: """
        delivered; delivered on; delivery date; date of delivery; date delivered; shipped; ship date;
        lieferdatum; 送货日期; 送货时间; 交货日期; 交付日期; 到货日期; 签收日期; 签收时间; 收货日期;
        收货时间; 配送日期; 发货日期; 发货时间
    """,
    Field.INSTALLED: """
        installed; installed on; installation date; install date; date of installation; date installed;
        安装日期; 安装时间; 装机日期; 装机时间; 上门安装日期; 安装完成日期; 安装完工日期
    """,
    Field.ACCEPTED: """
        accepted; accepted on; acceptance date; date of acceptance; commissioned; commissioning date;
        验收日期; 验收时间; 验收合格日期; 调试日期
    """,
    Field.PRODUCED: """
        produced; produced on; production date; date of production; manufactured; manufacture date;
        manufacturing date; date of manufacture; made on; mfg date; mfd; 生产日期; 生产时间; 出厂日期;
        出厂时间; 制造日期; 制造时间; 产品生产日期
    """,
    Field.INVOICE_NO: """
        invoice no; invoice number; invoice nr; invoice #; invoice; bill no; bill number; receipt no;
        receipt number; invoice id; rechnungsnummer; 发票号; 发票号码; 发票编号; 发票; 票号; 票据号;
        小票号; 收据号; 发票代码及号码
    """,
    Field.SELLER: """
        seller; seller name; dealer; dealer name; sold by; shop; shop name; store; store name; retailer;
        retailer name; bought at; bought from; merchant; vendor; händler; 经销商; 经销商名称; 销售商;
        销售商名称; 销售单位; 销售网点; 销售门店; 销售店; 购买门店; 购买商场; 购买商店; 购买渠道;
        购买地点; 购机门店; 购机商场; 门店; 门店名称; 店铺; 店铺名称; 店名; 商家; 商家名称; 卖家; 商场;
        商场名称; 代理商; 渠道; 销售渠道; 供货商
    """,
    Field.PLACE: """
        place; location; site; room; stands at; installed at; installation address; installation place;
        安装地址; 安装地点; 安装位置; 使用地点; 使用地址; 放置地点; 存放地点; 位置; 摆放位置; 房间
    """,
    Field.NOTES: """
        note; notes; remark; remarks; comment; comments; memo; additional notes; bemerkung; 备注;
        备注信息; 备注说明; 说明; 附注; 注释; 其他; 其它; 客户备注; 备注1; 备注2
    """,
    Field.NAME: """
        name; customer; customer name; client; client name; buyer; buyer name; owner; owner name; user;
        user name; full name; contact; contact name; contact person; consumer; recipient; company;
        company name; kunde; 姓名; 客户; 客户姓名; 客户名称; 客户名; 用户; 用户姓名; 用户名称; 用户名;
        顾客; 顾客姓名; 买家; 买家姓名; 购买人; 购买者; 购机人; 消费者; 消费者姓名; 联系人; 联系人姓名;
        收货人; 收货人姓名; 收件人; 机主; 机主姓名; 车主; 业主; 业主姓名; 单位; 单位名称; 公司名称;
        会员姓名
    """,
    Field.PHONE: """
        phone; phone no; phone number; phone 1; phone 2; telephone; telephone number; tel; tel no;
        tel number; mobile; mobile no; mobile number; mobile phone; cell; cell phone; cellphone;
        contact number; contact no; contact phone; customer phone; customer phone number; telefon; handy;
        电话; 电话号码; 联系电话; 联系方式; 手机; 手机号; 手机号码; 移动电话; 固定电话; 固话; 座机;
        座机号码; 家庭电话; 办公电话; 备用电话; 客户电话; 客户手机; 客户手机号; 用户电话; 用户手机;
        用户手机号; 收货人电话; 收货人手机; 收货电话; 联系手机; 联系人电话; 联系人手机; 电话1; 电话2;
        手机1; 手机2; 机主电话
    """,
    Field.REGION: """
        region; area; district; city; town; province; state; county; postcode and city; ort; 区域; 地区;
        所在地区; 所属区域; 省; 市; 区; 县; 省份; 城市; 区县; 省市; 省市区; 所在城市; 所在省份; 行政区;
        片区
    """,
    Field.ADDRESS: """
        address; street; street address; full address; home address; customer address; delivery address;
        shipping address; postal address; address line 1; adresse; anschrift; 地址; 详细地址; 联系地址;
        客户地址; 用户地址; 家庭地址; 家庭住址; 住址; 收货地址; 送货地址; 通讯地址; 单位地址; 街道地址
    """,
    Field.EMAIL: """
        email; e-mail; mail; email address; e-mail address; customer email; 邮箱; 电子邮箱; 电子邮件;
        邮件; 邮箱地址; email地址; 邮件地址
    """,
    Field.PRICE_GROUP: """
        price group; customer group; customer type; price list; 价格组; 客户类别; 客户类型; 客户等级;
        会员等级; 价格等级; 客户分组
    """,
}
_CONTAINED: Mapping[Field, str] = {
    Field.SERIAL: """
        serial number; serial no; serial; imei; 序列号; 机身号; 机身编号; 串号; 串码; 出厂编号; 机器编号
    """,
    Field.BRAND: "brand; 品牌",
    Field.MODEL: "model number; model no; model; 型号; 机型",
    Field.PRODUCT: "product name; item name; 产品名称; 商品名称; 品名",
    Field.CATEGORY: "product category; category; 品类; 产品类别; 商品类别; 产品分类; 商品分类",
    Field.SOLD: """
        purchase date; sale date; date of purchase; 购买日期; 购买时间; 购机日期; 购机时间; 销售日期;
        销售时间; 售出日期
    """,
    Field.INVOICED: "invoice date; 开票日期; 发票日期; 开票时间",
    Field.DELIVERED: "delivery date; 送货日期; 交货日期; 签收日期; 收货日期; 送货时间",
    Field.INSTALLED: "installation date; install date; 安装日期; 安装时间; 装机日期",
    Field.ACCEPTED: "acceptance date; 验收日期",
    Field.PRODUCED: "production date; manufacture date; manufacturing date; 生产日期; 出厂日期; 制造日期",
    Field.INVOICE_NO: "invoice number; invoice no; 发票号码; 发票号",
    Field.SELLER: "dealer; seller; retailer; 经销商; 销售商; 销售门店; 购买门店; 门店名称; 店铺名称",
    Field.PLACE: "安装地址; 安装地点; 安装位置",
    Field.NOTES: "remarks; notes; 备注",
    Field.NAME: "customer name; 姓名; 客户名称; 联系人",
    Field.PHONE: "phone number; phone; telephone; mobile; 手机号码; 手机号; 电话号码; 手机; 电话; 联系方式",
    Field.REGION: "region; 区域; 地区; 省份; 城市; 区县",
    Field.ADDRESS: "address; 地址; 住址",
    Field.EMAIL: "e-mail; email; 邮箱",
}
_WEAK: Mapping[Field, str] = {
    Field.SERIAL: """
        number; no; code; barcode; 条码; 条形码; 产品编号; 产品编码; 商品编号; 编号; 编码; 机器码
    """,
    Field.SOLD: "date; 日期; 时间",
    Field.MODEL: "规格",
}


def _by_name(table: Mapping[Field, str]) -> dict[str, Field]:
    return {squeeze(name): field for field, names in table.items() for name in names.split(";")}


EXACT: Mapping[str, Field] = {**{squeeze(field): field for field in Field}, **_by_name(_EXACT)}
"""A header that is exactly this, whatever its case, width and separators."""
WEAK: Mapping[str, Field] = _by_name(_WEAK)
"""Headers that say little: they count when no column names the field better."""
CONTAINED: tuple[tuple[str, Field], ...] = tuple(
    sorted(
        ((name.strip(), field) for field, names in _CONTAINED.items() for name in names.split(";")),
        key=lambda pair: -len(pair[0]),
    )
)
"""Names that may stand among other words, the longest first."""
