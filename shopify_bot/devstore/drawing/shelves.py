"""Where each article type stands in the Kaggle layout, and what titles call it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

LANGUAGES = ("fr", "de", "es", "ja", "ar")


@dataclass(frozen=True)
class Shelf:
    """A product's place: its two categories, who wears it, its usages, its English and foreign names."""

    master: str
    sub: str
    genders: tuple[str, ...]
    usages: tuple[str, ...]
    nouns: tuple[str, ...]
    foreign: tuple[str, ...]


_GENDERS = {
    "m": ("Men",),
    "w": ("Women",),
    "mw": ("Men", "Women"),
    "u": ("Men", "Women", "Unisex"),
    "k": ("Men", "Women", "Boys", "Girls"),
    "g": ("Women", "Girls"),
}
_USAGES = {
    "c": ("Casual",),
    "s": ("Sports",),
    "f": ("Formal",),
    "cf": ("Casual", "Formal"),
    "cs": ("Casual", "Sports"),
    "e": ("Ethnic",),
    "p": ("Casual", "Party"),
    "": ("",),
}

# article type | master | sub | who | usage | English names | French | German | Spanish | Japanese | Arabic
_TABLE = """
Tshirts|Apparel|Topwear|k|cs|T-shirt,Tee,Polo T-shirt|T-shirt|T-Shirt|Camiseta|Tシャツ|تيشيرت
Shirts|Apparel|Topwear|mw|cf|Shirt,Button-Down Shirt|Chemise|Hemd|Camisa|シャツ|قميص
Tops|Apparel|Topwear|g|c|Top,Blouse Top|Haut|Oberteil|Blusa|トップス|بلوزة
Sweaters|Apparel|Topwear|mw|c|Sweater,Knit Pullover|Pull en laine|Strickpullover|Jersey de punto|セーター|كنزة صوفية
Sweatshirts|Apparel|Topwear|k|cs|Sweatshirt,Hooded Sweatshirt|Sweat-shirt|Sweatshirt|Sudadera|スウェット|سويت شيرت
Jackets|Apparel|Topwear|mw|c|Jacket,Zip Jacket|Veste|Jacke|Chaqueta|ジャケット|سترة
Kurtas|Apparel|Topwear|mw|e|Kurta,Printed Kurta|Kurta brodée|Kurta|Kurta|クルタ|كورتا
Jeans|Apparel|Bottomwear|mw|c|Jeans,Denim Jeans|Jean|Jeanshose|Vaqueros|ジーンズ|جينز
Trousers|Apparel|Bottomwear|mw|cf|Trousers,Chino Trousers|Pantalon|Stoffhose|Pantalón|ズボン|بنطلون
Track Pants|Apparel|Bottomwear|mw|s|Track Pants,Track Trousers|Pantalon de jogging|Trainingshose|Pantalón de chándal|トラックパンツ|بنطلون رياضي
Shorts|Apparel|Bottomwear|k|cs|Shorts|Short|Kurze Hose|Pantalón corto|ショートパンツ|شورت
Leggings|Apparel|Bottomwear|g|cs|Leggings|Legging|Leggings|Mallas|レギンス|ليغنغز
Capris|Apparel|Bottomwear|w|c|Capris,Capri Pants|Pantacourt|Caprihose|Pantalón pirata|カプリパンツ|بنطلون كابري
Dresses|Apparel|Dress|g|p|Dress,Midi Dress|Robe|Kleid|Vestido|ワンピース|فستان
Nightdress|Apparel|Loungewear and Nightwear|w|c|Nightdress,Night Gown|Chemise de nuit|Nachthemd|Camisón|ネグリジェ|قميص نوم
Skirts|Apparel|Bottomwear|g|c|Skirt|Jupe|Rock|Falda|スカート|تنورة
Bra|Apparel|Innerwear|w|c|Bra,T-shirt Bra|Soutien-gorge|BH|Sujetador|ブラジャー|حمالة صدر
Briefs|Apparel|Innerwear|mw|c|Briefs,Brief|Slip|Slip|Calzoncillos|ブリーフ|سروال داخلي
Trunk|Apparel|Innerwear|m|c|Trunk,Trunks|Boxer|Retroshorts|Bóxer|ボクサーパンツ|بوكسر
Innerwear Vests|Apparel|Innerwear|mw|c|Innerwear Vest,Vest|Maillot de corps|Unterhemd|Camiseta interior|肌着|فانيلا داخلية
Casual Shoes|Footwear|Shoes|mw|c|Casual Shoes,Sneakers|Baskets de ville|Freizeitschuhe|Zapatillas|カジュアルシューズ|حذاء كاجوال
Sports Shoes|Footwear|Shoes|mw|s|Sports Shoes,Running Shoes|Chaussures de sport|Sportschuhe|Zapatillas deportivas|スポーツシューズ|حذاء رياضي
Formal Shoes|Footwear|Shoes|m|f|Formal Shoes,Leather Formal Shoes|Chaussures habillées|Businessschuhe|Zapatos de vestir|革靴|حذاء رسمي
Heels|Footwear|Shoes|w|p|Heels,Heeled Pumps|Escarpins|Pumps|Zapatos de tacón|ハイヒール|كعب عالٍ
Flats|Footwear|Shoes|w|c|Flats,Ballet Flats|Ballerines|Ballerinas|Bailarinas|フラットシューズ|حذاء مسطح
Sandals|Footwear|Sandal|mw|c|Sandals,Sandal|Sandales|Sandalen|Sandalias|サンダル|صندل
Flip Flops|Footwear|Flip Flops|mw|c|Flip Flops,Thong Slippers|Tongs|Zehentrenner|Chanclas|ビーチサンダル|شبشب
Handbags|Accessories|Bags|w|p|Handbag,Shoulder Handbag|Sac à main|Handtasche|Bolso|ハンドバッグ|حقيبة يد
Backpacks|Accessories|Bags|u|cs|Backpack,Rucksack|Sac à dos|Rucksack|Mochila|リュックサック|حقيبة ظهر
Wallets|Accessories|Wallets|mw|cf|Wallet,Leather Wallet|Portefeuille|Geldbörse|Cartera|財布|محفظة
Clutches|Accessories|Bags|w|p|Clutch,Evening Clutch|Pochette|Abendtasche|Bolso de mano|クラッチバッグ|حقيبة سهرة
Duffel Bag|Accessories|Bags|u|cs|Duffel Bag,Gym Bag|Sac de voyage|Reisetasche|Bolsa de viaje|ボストンバッグ|حقيبة سفر
Watches|Accessories|Watches|mw|cf|Watch,Analogue Watch|Montre|Armbanduhr|Reloj|腕時計|ساعة يد
Sunglasses|Accessories|Eyewear|u|c|Sunglasses,Tinted Sunglasses|Lunettes de soleil|Sonnenbrille|Gafas de sol|サングラス|نظارة شمسية
Belts|Accessories|Belts|mw|cf|Belt,Leather Belt|Ceinture|Gürtel|Cinturón|ベルト|حزام
Ties|Accessories|Ties|m|f|Tie,Silk Tie|Cravate|Krawatte|Corbata|ネクタイ|ربطة عنق
Caps|Accessories|Headwear|u|cs|Cap,Knit Cap|Casquette|Mütze|Gorra|帽子|قبعة
Scarves|Accessories|Scarves|mw|c|Scarf,Woven Scarf|Écharpe|Schal|Bufanda|スカーフ|وشاح
Socks|Accessories|Socks|k|cs|Socks,Pack of 2 Socks|Chaussettes|Socken|Calcetines|靴下|جوارب
Earrings|Accessories|Jewellery|w|p|Earrings,Drop Earrings|Boucles d’oreilles|Ohrringe|Pendientes|ピアス|أقراط
Necklace and Chains|Accessories|Jewellery|w|p|Necklace,Chain Necklace|Collier|Halskette|Collar|ネックレス|قلادة
Pendant|Accessories|Jewellery|w|p|Pendant,Pendant with Chain|Pendentif|Anhänger|Colgante|ペンダント|دلاية
Ring|Accessories|Jewellery|mw|p|Ring,Band Ring|Bague|Ring|Anillo|指輪|خاتم
Bangle|Accessories|Jewellery|w|p|Bangle,Bangle Set|Bracelet jonc|Armreif|Pulsera rígida|バングル|سوار
Perfume and Body Mist|Personal Care|Fragrance|mw||Perfume,Eau de Parfum,Body Mist|Parfum|Parfüm|Perfume|香水|عطر
Deodorant|Personal Care|Fragrance|mw||Deodorant,Deo Spray|Déodorant|Deodorant|Desodorante|デオドラント|مزيل عرق
Lipstick|Personal Care|Lips|w||Lipstick,Matte Lipstick|Rouge à lèvres|Lippenstift|Pintalabios|口紅|أحمر شفاه
Nail Polish|Personal Care|Nails|w||Nail Polish,Nail Enamel|Vernis à ongles|Nagellack|Esmalte de uñas|マニキュア|طلاء أظافر
"""


def _shelf(line: str) -> tuple[str, Shelf]:
    label, master, sub, who, usage, nouns, *foreign = line.split("|")
    return label, Shelf(master, sub, _GENDERS[who], _USAGES[usage], tuple(nouns.split(",")), tuple(foreign))


SHELVES: Mapping[str, Shelf] = MappingProxyType(dict(_shelf(line) for line in _TABLE.strip().splitlines()))
