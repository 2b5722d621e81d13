      * KK-CHOTEI-ZOGEN  国保税 調定増減表
       01  KK-CHOTEI-ZOGEN-REC.
           05  更正事由 PIC X(2).
           05  件数 PIC S9(7) COMP-3.
           05  増 PIC S9(13) COMP-3.
           05  減 PIC S9(13) COMP-3.
           05  累計 PIC S9(13) COMP-3.
