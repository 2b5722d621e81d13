      * GA-IRYO  医療費助成 勧奨対象者名簿
       01  GA-IRYO-REC.
           05  宛名番号 PIC X(10).
           05  生年月日 PIC 9(7) COMP-3.
           05  範囲 PIC N(8).
