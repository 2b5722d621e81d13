      * SN-KANPU-SHIHARAI  還付支払 突合表
       01  SN-KANPU-SHIHARAI-REC.
           05  支払年度 PIC 9(3) COMP-3.
           05  支出命令件数 PIC S9(7) COMP-3.
           05  支出命令額 PIC S9(13) COMP-3.
