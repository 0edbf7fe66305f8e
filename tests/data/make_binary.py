#!/usr/bin/env python3
"""Makes the binary files of this folder again: tests/data/make_binary.py

Needs Python 3 with the `duckdb` module (Parquet) and the `zstd` program. The files are committed, so that no test needs
either; gzip, zip and xlsx files come out the same every time. The expected results beside them are written by hand.
"""
import gzip
import io
import pathlib
import subprocess
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
ORDERS = b"customer,order,date,amount\nA,1,2024-01-05,10.00\nB,2,2024-01-17,20.00\nA,3,2024-02-05,30.00\n"
LONG = b"customer,order,date,amount\n" + b"".join(
    b"C%d,%d,2024-01-%02d,10.00\n" % (i % 50, i, 1 + i % 28) for i in range(2000))


def zip_of(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text)
    return out.getvalue()


def xlsx(sheets, shared=(), date1904=False):
    """A workbook from the XML of its rows, so that the cells are exactly as other programs write them."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {}
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{kinds}.worksheet+xml"/>'
        for i in range(1, len(sheets) + 1))
    parts["[Content_Types].xml"] = (
        head + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kinds}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kinds}.sharedStrings+xml"/>'
        f"{overrides}</Types>")
    parts["_rels/.rels"] = (
        head + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
    names = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"/>'
                    for i, name in enumerate(sheets, 1))
    first_day = '<workbookPr date1904="1"/>' if date1904 else ""
    parts["xl/workbook.xml"] = (
        head + f'<workbook {main} xmlns:r="{rel}">{first_day}<sheets>{names}</sheets></workbook>')
    links = "".join(f'<Relationship Id="rId{i}" Type="{rel}/worksheet" Target="worksheets/sheet{i}.xml"/>'
                    for i in range(1, len(sheets) + 1))
    parts["xl/_rels/workbook.xml.rels"] = (
        head + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'{links}<Relationship Id="rId98" Type="{rel}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId99" Type="{rel}/sharedStrings" Target="sharedStrings.xml"/></Relationships>')
    # Styles: 0 general, 1 date, 2 date and time, 3 money with thousands marks, 4 a date format of the user's own.
    parts["xl/styles.xml"] = (
        head + f'<styleSheet {main}><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/></numFmts>'
        '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0"/>'
        '<xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/>'
        '<xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>')
    texts = "".join(f"<si><t xml:space=\"preserve\">{text}</t></si>" for text in shared)
    parts["xl/sharedStrings.xml"] = (
        head + f'<sst {main} count="{len(shared)}" uniqueCount="{len(shared)}">{texts}</sst>')
    for i, rows in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = (
            head + f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>")
    return zip_of(parts)


def text(cell, value):
    return f'<c r="{cell}" t="inlineStr"><is><t>{value}</t></is></c>'


def number(cell, value, style=0):
    return f'<c r="{cell}" s="{style}"><v>{value}</v></c>'


def row(n, *cells):
    return f'<row r="{n}">{"".join(cells)}</row>'


# 45296 is 2024-01-05, 45308 is 2024-01-17, 45327 is 2024-02-05.
def date_cells():
    header = row(1, *(f'<c r="{c}1" t="s"><v>{i}</v></c>' for i, c in enumerate("ABCD")))
    return xlsx(
        {"Orders": header +
         row(2, '<c r="A2" t="s"><v>4</v></c>', number("B2", 1), number("C2", 45296, 1), number("D2", "10", 3)) +
         row(3, text("A3", "B"), number("B3", 2), number("C3", "45308.75", 2), number("D3", "20.000000000000004", 3)) +
         row(5, '<c r="A5" t="s"><v>4</v></c>', number("B5", 3), number("C5", 45327, 4),
             '<c r="D5" s="3"><f>15*2</f><v>30</v></c>')},
        shared=("customer", "order", "date", "amount", "A"))


def second_sheet():
    rows = row(1, *(text(f"{c}1", name) for c, name in zip("ABCD", ("Kunde", "Beleg", "Datum", "Betrag"))))
    rows += row(2, text("A2", "00017"), number("B2", 1), number("C2", 45296, 1), number("D2", "12.5"))
    rows += row(3, text("A3", "00018"), number("B3", 2), number("C3", 45308, 1), '<c r="D3" t="e"><v>#DIV/0!</v></c>')
    rows += row(4, text("A4", "00017"), number("B4", 3), number("C4", 45327, 1), number("D4", "7.5"))
    return xlsx({"Empty": "", "Umsatz": rows})


def old_epoch():
    rows = row(1, *(text(f"{c}1", name) for c, name in zip("ABCD", ("customer", "order", "date", "amount"))))
    # Days since 1904-01-01: 1462 fewer than since 1900.
    for n, (who, day, money) in enumerate((("A", 43834, 10), ("B", 43846, 20), ("A", 43865, 30)), 2):
        rows += row(n, text(f"A{n}", who), number(f"B{n}", n), number(f"C{n}", day, 1), number(f"D{n}", money))
    return xlsx({"Sheet1": rows}, date1904=True)


def parquet():
    import duckdb
    duckdb.sql(f"""
        COPY (SELECT * FROM (VALUES
            (1::BIGINT, 17850::DOUBLE, TIMESTAMP '2024-01-05 10:00:00', 10.00::DECIMAL(18,2), 'Lamp'),
            (2, NULL, TIMESTAMP '2024-01-06 10:00:00', 5.00, 'Mat'),
            (3, 17851, TIMESTAMP '2024-01-17 10:00:00', 20.00, NULL),
            (4, 17851, NULL, 1.00, 'Mat'),
            (5, 17850, TIMESTAMP '2024-02-05 23:59:59', 30.00, 'Desk'),
            (6, 17850, TIMESTAMP '2024-02-01 00:00:00', NULL, 'Desk')
        ) AS t(order_id, customer_id, order_date, amount, product))
        TO '{HERE}/parquet.parquet' (FORMAT parquet)""")


def write(name, data):
    (HERE / name).write_bytes(data)


def main():
    write("gzip.csv.gz", gzip.compress(ORDERS, mtime=0))
    half = len(ORDERS) // 2
    write("gzip_two_members.csv.gz", gzip.compress(ORDERS[:half], mtime=0) + gzip.compress(ORDERS[half:], mtime=0))
    whole = gzip.compress(LONG, mtime=0)
    write("gzip_truncated.csv.gz", whole[: len(whole) * 2 // 3])
    write("gzip_named_csv.csv", gzip.compress(ORDERS, mtime=0))
    zstd = subprocess.run(["zstd", "-q", "-c"], input=ORDERS, stdout=subprocess.PIPE, check=True).stdout
    write("zstd.csv.zst", zstd)
    write("zip_named_csv.csv", zip_of({"orders.csv": ORDERS.decode()}))
    # The first bytes of a PNG of one pixel.
    write("png_named_csv.csv", bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001"
        "e221bc330000000049454e44ae426082"))
    write("workbook_dates.xlsx", date_cells())
    write("workbook_second_sheet.xlsx", second_sheet())
    write("workbook_1904.xlsx", old_epoch())
    write("workbook_broken.xlsx", date_cells()[:900])
    parquet()
    write("parquet_truncated.parquet", (HERE / "parquet.parquet").read_bytes()[:-60])


if __name__ == "__main__":
    main()
