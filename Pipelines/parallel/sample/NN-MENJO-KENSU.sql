SELECT 所得年度, count(*) AS "旧.対象者数", sum(住民状態 = '1' AND 申告 AND 所得額 > 0) AS 所得あり, sum(住民状態 = '1' AND 申告 AND 所得額 = 0) AS 所得なし,
  sum(住民状態 = '1' AND NOT 申告) AS 未申告, sum(住民状態 <> '1') AS 転出
FROM (
  SELECT *, (宛名番号, 所得年度) IN (
      SELECT 宛名番号, 相当年度 FROM 個人住民税_賦課) AS 申告
  FROM 国民年金_免除 AS 免除 WHERE 免除.最新フラグ = '1') JOIN 個人 USING (宛名番号)
GROUP BY 1 ORDER BY 1
