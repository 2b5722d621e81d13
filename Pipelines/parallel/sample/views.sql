-- Views that the queries of this folder share. 対象 is the day.
CREATE TEMP VIEW 年度 AS
SELECT CAST(substr(日, 1, 4) AS INTEGER) - (substr(日, 6, 2) < '04') AS 年度 FROM 対象;

CREATE TEMP VIEW 科目名 AS
SELECT column1 AS 科目コード, column2 AS 科目 FROM (VALUES
  ('A1', '市・都民税　普通徴収'), ('A2', '市・都民税　給与特別徴収'), ('A3', '市・都民税　年金特別徴収'),
  ('B1', '法人市民税'), ('C1', '固定資産税・都市計画税'), ('C2', '固定資産税　償却資産'), ('D1', '軽自動車税'),
  ('B2', '国民健康保険税'));

-- Everybody, and those who live here, with the age on the day.
CREATE TEMP VIEW 個人 AS
SELECT 宛名番号, 世帯番号, 住民状態, 氏名, 性別, 生年月日, 住所_町字コード AS 町字コード,
  CAST(substr(日, 1, 4) AS INTEGER) - CAST(substr(生年月日, 1, 4) AS INTEGER) - (substr(日, 6) < substr(生年月日, 6))
    AS 年齢
FROM 宛名_個人, 対象 WHERE 最新フラグ = '1' AND 削除フラグ = '0' AND 宛名種別 = '1';
CREATE TEMP VIEW 住民 AS SELECT * FROM 個人 WHERE 住民状態 = '1';

-- The current assessments of resident tax, with their credits and levies (none of the exempt); one for each person.
CREATE TEMP VIEW 市民税 AS
SELECT 賦課.*, coalesce(市所得割, 0) AS 市所得割, coalesce(都所得割, 0) AS 都所得割, coalesce(市均等割, 0) AS 市均等割,
  coalesce(都均等割, 0) AS 都均等割, coalesce(市調整控除, 0) AS 市調整控除, coalesce(都調整控除, 0) AS 都調整控除, coalesce(市税額控除, 0) AS 市税額控除
FROM 個人住民税_賦課 AS 賦課
LEFT JOIN (
  SELECT 賦課年度, 相当年度, 通知書番号, 履歴番号, 賦課種別,
    sum(CASE WHEN 税額税額控除コード = '141' THEN 金額 ELSE 0 END) AS 市所得割,
    sum(CASE WHEN 税額税額控除コード = '142' THEN 金額 ELSE 0 END) AS 都所得割,
    sum(CASE WHEN 税額税額控除コード = '151' THEN 金額 ELSE 0 END) AS 市均等割,
    sum(CASE WHEN 税額税額控除コード = '152' THEN 金額 ELSE 0 END) AS 都均等割,
    sum(CASE WHEN 税額税額控除コード = '111' THEN 金額 ELSE 0 END) AS 市調整控除,
    sum(CASE WHEN 税額税額控除コード = '112' THEN 金額 ELSE 0 END) AS 都調整控除,
    sum(CASE WHEN 税額税額控除コード = '121' THEN 金額 ELSE 0 END) AS 市税額控除
  FROM 個人住民税_税額 WHERE 最新フラグ = '1' GROUP BY 1, 2, 3, 4, 5)
USING (賦課年度, 相当年度, 通知書番号, 履歴番号, 賦課種別)
WHERE 賦課.最新フラグ = '1' AND 賦課.削除フラグ = '0';
CREATE TEMP VIEW 市民税個人 AS
SELECT *, min(賦課種別) AS 種別 FROM 市民税 WHERE 賦課年度 = 相当年度 GROUP BY 賦課年度, 宛名番号;

-- The insurers that withhold from pensions: the sample gives every fifth person to the mutual aid associations.
CREATE TEMP VIEW 年金保険者 AS
SELECT 宛名番号, CASE WHEN CAST(宛名番号 AS INTEGER) % 5 = 0 THEN '共済組合等' ELSE '日本年金機構' END AS 保険者
FROM 個人;

-- Receipts that count, of the day and of the two months before it.
CREATE TEMP VIEW 収入 AS
SELECT 収納_収納履歴.* FROM 収納_収納履歴, 対象
WHERE 取消フラグ = '0' AND 仮消区分 <> '2' AND 収入日 BETWEEN date(日, '-2 months') AND 日;

-- Reminded claims with the interest on the day: 2.6 % up to a month behind the due date, 8.9 % from then on; the rates
-- of 2018 to 2020.
CREATE TEMP VIEW 催告 AS
SELECT *, CASE WHEN 未納税額 < 2000 OR 利息 < 1000 THEN 0 ELSE 利息 / 100 * 100 END AS 現在延滞金
FROM (
  SELECT *, 未納税額 / 1000 * 1000 * 26 * min(日数, 月内) / 365000
    + 未納税額 / 1000 * 1000 * 89 * max(日数 - 月内, 0) / 365000 AS 利息
  FROM (
    SELECT 収納_調定.*, 科目, CAST(julianday(日) - julianday(納期限) AS INTEGER) AS 日数,
      CAST(julianday(納期限, '+1 month') - julianday(納期限) AS INTEGER) AS 月内
    FROM 収納_調定 JOIN 科目名 USING (科目コード), 対象
    WHERE 未納税額 > 0 AND 納期限 >= '2018-01-01' AND 催告日 BETWEEN date(日, '-12 months') AND 日
      AND 執行停止の有無 = '0'));

-- The households of national health insurance of the year.
CREATE TEMP VIEW 国保 AS
SELECT * FROM 国保税_賦課 WHERE 最新フラグ = '1' AND 削除フラグ = '0' AND 賦課年度 = (SELECT 年度 FROM 年度);
CREATE TEMP VIEW 国保更正 AS
SELECT 後.*, 前.年税額 AS 前年税額, 後.年税額 - 前.年税額 AS 増減額 FROM 国保税_賦課 AS 後
JOIN 国保税_賦課 AS 前 USING (賦課年度, 相当年度, 通知書番号)
WHERE 前.履歴番号 = 後.履歴番号 - 1 AND 後.賦課年度 = (SELECT 年度 FROM 年度);

-- Corrected bills of property tax beside the version before.
CREATE TEMP VIEW 固定更正 AS
SELECT 後.*, 前.年税額 AS 前年税額, 前.課税標準額_土地 AS 前土地, 前.課税標準額_家屋 AS 前家屋,
  前.都市計画税額 AS 前都計 FROM 固定資産税_賦課 AS 後
JOIN 固定資産税_賦課 AS 前 USING (課税年度, 相当年度, 通知書番号)
WHERE 前.履歴番号 = 後.履歴番号 - 1;
