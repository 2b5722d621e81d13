SELECT 健診, 宛名番号, 町字コード
FROM 住民 JOIN (SELECT column1 AS 健診, column2 AS 下限, column3 AS 上限 FROM (VALUES ('特定健診', 40, 74), ('がん検診', 40, 99))) ON 年齢 BETWEEN 下限 AND 上限
WHERE 世帯番号 NOT IN (
  SELECT 世帯番号 FROM 住民 JOIN 市民税個人 USING (宛名番号)
  WHERE 賦課年度 = (SELECT 年度 FROM 年度) AND 課税区分 IN ('0', '1'))
ORDER BY 1, 2
