      * KJ-FUKA-JOKYO  課税状況表
       01  KJ-FUKA-JOKYO-REC.
           05  課税区分 PIC X(1).
           05  人数 PIC S9(7) COMP-3.
           05  均等割 PIC S9(11) COMP-3.
           05  所得割 PIC S9(11) COMP-3.
