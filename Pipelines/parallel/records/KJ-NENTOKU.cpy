      * KJ-NENTOKU  年金特別徴収 月別税額一覧
       01  KJ-NENTOKU-REC.
           05  通知書番号 PIC X(10).
           05  宛名番号 PIC X(10).
           05  前年度税額 PIC S9(9) COMP-3.
           05  年税額 PIC S9(9) COMP-3.
           05  四月 PIC S9(7) COMP-3.
           05  六月 PIC S9(7) COMP-3.
           05  八月 PIC S9(7) COMP-3.
           05  十月 PIC S9(7) COMP-3.
           05  十二月 PIC S9(7) COMP-3.
           05  二月 PIC S9(7) COMP-3.
           05  一期 PIC S9(7) COMP-3.
           05  二期 PIC S9(7) COMP-3.
           05  三期 PIC S9(7) COMP-3.
           05  四期 PIC S9(7) COMP-3.
           05  随時 PIC S9(7) COMP-3.
