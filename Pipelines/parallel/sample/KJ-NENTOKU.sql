SELECT 賦課.通知書番号, 賦課.宛名番号, coalesce(前年度税額, 0) AS 前年度税額, 年税額 AS "旧.年税額",
  sum(CASE WHEN 期別 = '0A' THEN 期別税額 ELSE 0 END) AS 四月,
  sum(CASE WHEN 期別 = '0B' THEN 期別税額 ELSE 0 END) AS 六月,
  sum(CASE WHEN 期別 = '0C' THEN 期別税額 ELSE 0 END) AS 八月,
  sum(CASE WHEN 期別 = '0D' THEN 期別税額 ELSE 0 END) AS 十月,
  sum(CASE WHEN 期別 = '0E' THEN 期別税額 ELSE 0 END) AS 十二月,
  sum(CASE WHEN 期別 = '0F' THEN 期別税額 ELSE 0 END) AS 二月,
  sum(CASE WHEN 期別 = '01' THEN 期別税額 ELSE 0 END) AS 一期,
  sum(CASE WHEN 期別 = '02' THEN 期別税額 ELSE 0 END) AS 二期,
  sum(CASE WHEN 期別 = '03' THEN 期別税額 ELSE 0 END) AS 三期,
  sum(CASE WHEN 期別 = '04' THEN 期別税額 ELSE 0 END) AS 四期,
  sum(CASE WHEN 期別 GLOB '1*' OR 期別 GLOB '0[5-9]' THEN 期別税額 ELSE 0 END) AS 随時
FROM 個人住民税_賦課 AS 賦課
JOIN 個人住民税_期別 AS 期別 USING (賦課年度, 相当年度, 通知書番号, 履歴番号, 賦課種別)
LEFT JOIN (
  SELECT 宛名番号, 年税額 AS 前年度税額 FROM 市民税個人 WHERE 賦課年度 = (SELECT 年度 - 1 FROM 年度)) AS 前年 ON 前年.宛名番号 = 賦課.宛名番号
WHERE 賦課年度 = (SELECT 年度 FROM 年度) AND 相当年度 = 賦課年度 AND 徴収方法 IN ('3', '4') AND 賦課.最新フラグ = '1'
GROUP BY 1, 2 ORDER BY 1
