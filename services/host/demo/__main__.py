"""Write the shipped files of the demo quarter anew: ``python -m services.host.demo``."""

from services.host.demo.quarter import workbook, write_all

if __name__ == "__main__":
    shipped = workbook("en").parent
    shipped.mkdir(exist_ok=True)
    write_all(shipped)
