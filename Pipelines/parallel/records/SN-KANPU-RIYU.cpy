      * SN-KANPU-RIYU  過誤納 理由別件数表
       01  SN-KANPU-RIYU-REC.
           05  発生日 PIC 9(7) COMP-3.
           05  理由 PIC N(6).
           05  件数 PIC S9(7) COMP-3.
           05  過誤納額 PIC S9(11) COMP-3.
