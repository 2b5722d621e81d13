SELECT '土地' AS 資産,
  CASE WHEN 非課税区分 <> '0' THEN '非課税' WHEN 免税点区分_土地 = '1' THEN '免税点未満' ELSE '課税' END AS 課税の別,
  count(DISTINCT 物件.義務者宛名番号) AS 義務者数, count(*) AS 件数
FROM 固定資産税_土地 AS 物件
JOIN 固定資産税_賦課 AS 賦課 ON 賦課.課税年度 = 物件.課税年度 AND 賦課.義務者宛名番号 = 物件.義務者宛名番号 AND 賦課.最新フラグ = '1'
WHERE 物件.課税年度 = (SELECT 年度 FROM 年度) AND 物件.最新フラグ = '1' GROUP BY 2
UNION ALL
SELECT '家屋', CASE WHEN 非課税区分 <> '0' THEN '非課税' WHEN 免税点区分_家屋 = '1' THEN '免税点未満' ELSE '課税' END,
  count(DISTINCT 物件.義務者宛名番号), count(*)
FROM 固定資産税_家屋 AS 物件
JOIN 固定資産税_賦課 AS 賦課 ON 賦課.課税年度 = 物件.課税年度 AND 賦課.義務者宛名番号 = 物件.義務者宛名番号 AND 賦課.最新フラグ = '1'
WHERE 物件.課税年度 = (SELECT 年度 FROM 年度) AND 物件.最新フラグ = '1' GROUP BY 2
ORDER BY 1, 2
