-- The sample derives the way of delivery from the employer's number.
SELECT CASE CAST(指定番号 AS INTEGER) % 3 WHEN 0 THEN 'ｅＬＴＡＸ' WHEN 1 THEN '光ディスク' ELSE '紙' END AS 受付方法, 指定番号,
  人員 AS "旧.総括表人員", 人員 AS "新.登録件数"
FROM (
  SELECT coalesce(特別徴収義務者指定番号, '00000000') AS 指定番号, count(*) AS 人員 FROM 個人住民税_課税資料
  WHERE 賦課年度 = (SELECT 年度 FROM 年度) AND 課税資料区分 = '01' AND 最新フラグ = '1' GROUP BY 1)
ORDER BY 指定番号
