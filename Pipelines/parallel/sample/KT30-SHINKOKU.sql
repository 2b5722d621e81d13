-- The sample lets every tenth owner file with a list of his own.
SELECT 課税年度 AS 年度, sum(前年 AND NOT 電算) AS 前年申告件数, sum(NOT 前年 AND NOT 電算) AS 新規開業件数, sum(電算) AS 電算申告件数,
  count(*) AS "旧.作成件数", sum(廃業) AS "新.廃業者数"
FROM (
  SELECT 課税年度, CAST(物件番号 AS INTEGER) % 10 = 0 AS 電算,
    物件番号 IN (SELECT 物件番号 FROM 固定資産税_償却, 年度 WHERE 課税年度 = 年度 - 1) AS 前年, 義務者宛名番号 IN (
      SELECT 宛名番号 FROM 法人市民税_法人 WHERE 最新フラグ = '1' AND 廃止年月日 <> '0000-00-00') AS 廃業
  FROM 固定資産税_償却 WHERE 課税年度 = (SELECT 年度 FROM 年度) AND 最新フラグ = '1')
GROUP BY 1
