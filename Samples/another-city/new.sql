-- 新国保システム（PostgreSQL）の表。開発元から届いたまま。
CREATE EXTENSION IF NOT EXISTS pgcrypto;

CREATE TABLE kokuho.setai (
  setai_bango      char(8)       NOT NULL,
  nushi_kana       varchar(40),
  nushi_shimei     varchar(20)   NOT NULL,
  yubin_bango      char(8)       NOT NULL,
  jusho            varchar(30)   NOT NULL,
  shikaku_shutoku  date          NOT NULL,
  shikaku_soshitsu date,
  keigen           boolean       NOT NULL DEFAULT false,
  hihokensha_su    smallint      NOT NULL,
  koshin_nichiji   timestamp(0) without time zone NOT NULL,
  CONSTRAINT pk_setai PRIMARY KEY (setai_bango)
);
COMMENT ON TABLE  kokuho.setai IS '世帯';
COMMENT ON COLUMN kokuho.setai.setai_bango IS '世帯番号';
COMMENT ON COLUMN kokuho.setai.nushi_kana IS '世帯主カナ氏名';
COMMENT ON COLUMN kokuho.setai.nushi_shimei IS '世帯主氏名';
COMMENT ON COLUMN kokuho.setai.yubin_bango IS '郵便番号（ハイフンあり）';
COMMENT ON COLUMN kokuho.setai.jusho IS '住所';
COMMENT ON COLUMN kokuho.setai.shikaku_shutoku IS '資格取得日';
COMMENT ON COLUMN kokuho.setai.shikaku_soshitsu IS '資格喪失日';
COMMENT ON COLUMN kokuho.setai.keigen IS '軽減の有無';
COMMENT ON COLUMN kokuho.setai.hihokensha_su IS '被保険者数';
COMMENT ON COLUMN kokuho.setai.koshin_nichiji IS '更新日時';

CREATE TABLE kokuho.fuka (
  setai_bango   char(8)       NOT NULL REFERENCES kokuho.setai (setai_bango),
  fuka_nendo    integer       NOT NULL,
  hoken_ritsu   numeric(5,2)  NOT NULL,
  nenkan_gaku   numeric(9)    NOT NULL CHECK (nenkan_gaku >= 0),
  santei_kubun  char(2)       NOT NULL,
  kisu          smallint      NOT NULL,
  PRIMARY KEY (setai_bango, fuka_nendo)
);
COMMENT ON COLUMN kokuho.fuka.setai_bango IS '世帯番号';
COMMENT ON COLUMN kokuho.fuka.fuka_nendo IS '賦課年度（西暦）';
COMMENT ON COLUMN kokuho.fuka.hoken_ritsu IS '保険料率';
COMMENT ON COLUMN kokuho.fuka.nenkan_gaku IS '年間保険料額';
COMMENT ON COLUMN kokuho.fuka.santei_kubun IS '算定区分（01:本算定 02:仮算定 99:職権）';
COMMENT ON COLUMN kokuho.fuka.kisu IS '期数';

CREATE TABLE kokuho.kibetsu (
  setai_bango   char(8)       NOT NULL,
  fuka_nendo    integer       NOT NULL,
  ki            smallint      NOT NULL,
  nokigen       date          NOT NULL,
  kibetsu_gaku  numeric(9)    NOT NULL,
  PRIMARY KEY (setai_bango, fuka_nendo, ki),
  FOREIGN KEY (setai_bango, fuka_nendo) REFERENCES kokuho.fuka (setai_bango, fuka_nendo)
);
COMMENT ON COLUMN kokuho.kibetsu.setai_bango IS '世帯番号';
COMMENT ON COLUMN kokuho.kibetsu.fuka_nendo IS '賦課年度（西暦）';
COMMENT ON COLUMN kokuho.kibetsu.ki IS '期別';
COMMENT ON COLUMN kokuho.kibetsu.nokigen IS '納期限';
COMMENT ON COLUMN kokuho.kibetsu.kibetsu_gaku IS '期別保険料額';

CREATE TABLE kokuho.shuno (
  shuno_bango   bigint        NOT NULL PRIMARY KEY,
  setai_bango   char(8)       NOT NULL,
  fuka_nendo    integer       NOT NULL,
  ki            smallint      NOT NULL,
  shunyu_bi     date          NOT NULL,
  shunyu_gaku   numeric(9)    NOT NULL,
  shuno_kikan   char(2)       NOT NULL,
  biko          varchar(20),
  FOREIGN KEY (setai_bango, fuka_nendo, ki) REFERENCES kokuho.kibetsu (setai_bango, fuka_nendo, ki)
);
COMMENT ON COLUMN kokuho.shuno.shuno_bango IS '収納番号';
COMMENT ON COLUMN kokuho.shuno.setai_bango IS '世帯番号';
COMMENT ON COLUMN kokuho.shuno.fuka_nendo IS '賦課年度（西暦）';
COMMENT ON COLUMN kokuho.shuno.ki IS '期別';
COMMENT ON COLUMN kokuho.shuno.shunyu_bi IS '収入日';
COMMENT ON COLUMN kokuho.shuno.shunyu_gaku IS '収入額';
COMMENT ON COLUMN kokuho.shuno.shuno_kikan IS '収納機関';
COMMENT ON COLUMN kokuho.shuno.biko IS '備考';

-- 窓口で新しく入力する。旧システムにはない。
CREATE TABLE kokuho.sodan (
  sodan_id      bigserial     PRIMARY KEY,
  uketsuke      timestamptz   NOT NULL DEFAULT now(),
  basho         point,
  memo          text
);

CREATE TRIGGER setai_koshin BEFORE UPDATE ON kokuho.setai FOR EACH ROW EXECUTE FUNCTION kokuho.touch();
