      * KK-FUKA-KEIGEN  軽減 判定集計表
       01  KK-FUKA-KEIGEN-REC.
           05  軽減区分 PIC X(1).
           05  世帯数 PIC S9(9) COMP-3.
           05  判定人数 PIC S9(9) COMP-3.
           05  軽減額 PIC S9(13) COMP-3.
