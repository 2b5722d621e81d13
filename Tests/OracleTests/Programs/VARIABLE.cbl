      *> Writes records whose length varies with a table, to a file of
      *> variable records and to one of lines, and lists what they hold.
       IDENTIFICATION DIVISION.
       PROGRAM-ID. VARIABLE.
       ENVIRONMENT DIVISION.
       INPUT-OUTPUT SECTION.
       FILE-CONTROL.
           SELECT RECORD-FILE ASSIGN TO "RECORDS"
               ORGANIZATION IS SEQUENTIAL.
           SELECT TEXT-FILE ASSIGN TO "TEXTS"
               ORGANIZATION IS LINE SEQUENTIAL.
       DATA DIVISION.
       FILE SECTION.
       FD  RECORD-FILE RECORD IS VARYING IN SIZE FROM 4 TO 24 CHARACTERS
               DEPENDING ON BYTES.
       COPY "VARIABLE.cpy".
       FD  TEXT-FILE.
       01  TEXT-LINE.
           05  TEXT-NAME     PIC X(8).
           05  TEXT-AMOUNT   PIC S9(5)V99 SIGN TRAILING SEPARATE.
       WORKING-STORAGE SECTION.
       01  BYTES             PIC 9(4) COMP-5.
       01  I                 PIC 99.
       01  J                 PIC 99.
       01  SHOWN             PIC -9(5).99.
       PROCEDURE DIVISION.
           OPEN OUTPUT RECORD-FILE TEXT-FILE
           PERFORM VARYING I FROM 0 BY 1 UNTIL I > 5
               MOVE SPACES TO R
               MOVE I TO R-COUNT
               COMPUTE R-KEY = I * 7 - 20
               PERFORM VARYING J FROM 1 BY 1 UNTIL J > I
                   COMPUTE R-AMOUNT (J) = (I - J * 3) * 123.45
               END-PERFORM
               COMPUTE BYTES = 4 + I * 4
               WRITE R
               MOVE R-KEY TO SHOWN
               DISPLAY "R " I " KEY " SHOWN
               PERFORM VARYING J FROM 1 BY 1 UNTIL J > I
                   MOVE R-AMOUNT (J) TO SHOWN
                   DISPLAY "R " I " AMOUNT " SHOWN
               END-PERFORM
               MOVE "LINE" TO TEXT-NAME
               MOVE I TO TEXT-NAME (6:2)
               COMPUTE TEXT-AMOUNT = 3.5 - I * 1.25
               WRITE TEXT-LINE
               MOVE TEXT-AMOUNT TO SHOWN
               DISPLAY "T " TEXT-NAME " TEXT-AMOUNT " SHOWN
           END-PERFORM
           CLOSE RECORD-FILE TEXT-FILE
           STOP RUN.
