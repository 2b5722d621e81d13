SELECT 町字コード, count(*) AS "旧.依頼人数", sum(申告) AS 該当あり, sum(NOT 申告) AS 該当なし
FROM (
  SELECT *, 宛名番号 IN (
      SELECT 宛名番号 FROM 個人住民税_賦課, 年度 WHERE 賦課年度 = 年度) AS 申告
  FROM 住民 WHERE 年齢 >= 18 AND 世帯番号 IN (SELECT 世帯番号 FROM 住民 WHERE 年齢 < 6))
GROUP BY 1 ORDER BY 1
