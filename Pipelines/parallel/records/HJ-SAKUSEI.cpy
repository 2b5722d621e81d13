      * HJ-SAKUSEI  予定申告書 作成一覧
       01  HJ-SAKUSEI-REC.
           05  管理番号 PIC X(7).
           05  事業年度番号 PIC X(4).
           05  事業年度開始日 PIC 9(7) COMP-3.
           05  均等割額 PIC S9(9) COMP-3.
           05  法人税割額 PIC S9(11) COMP-3.
