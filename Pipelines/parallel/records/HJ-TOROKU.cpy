      * HJ-TOROKU  申告書登録一覧
       01  HJ-TOROKU-REC.
           05  管理番号 PIC X(7).
           05  事業年度番号 PIC X(4).
           05  申告履歴番号 PIC S9(3) COMP-3.
           05  法人区分 PIC X(2).
           05  申告区分 PIC X(2).
           05  事業年度開始日 PIC 9(7) COMP-3.
           05  月数 PIC S9(2) COMP-3.
           05  資本金等の額 PIC S9(13) COMP-3.
           05  従業者数 PIC S9(7) COMP-3.
           05  均等割号数 PIC X(1).
           05  課税標準額 PIC S9(13) COMP-3.
           05  分割課税標準額 PIC S9(13) COMP-3.
           05  税率 PIC S9(2)V9(2) COMP-3.
           05  法人税割額 PIC S9(11) COMP-3.
           05  均等割額 PIC S9(9) COMP-3.
