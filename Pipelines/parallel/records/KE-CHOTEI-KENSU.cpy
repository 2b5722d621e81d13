      * KE-CHOTEI-KENSU  調定件数表
       01  KE-CHOTEI-KENSU-REC.
           05  種別 PIC X(2).
           05  課税台数 PIC S9(7) COMP-3.
           05  全額減免台数 PIC S9(7) COMP-3.
