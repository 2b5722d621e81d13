      * KE-CHOTEI-ZOGEN  調定増減表
       01  KE-CHOTEI-ZOGEN-REC.
           05  月 PIC X(7).
           05  理由 PIC N(8).
           05  件数 PIC S9(7) COMP-3.
           05  増減額 PIC S9(11) COMP-3.
