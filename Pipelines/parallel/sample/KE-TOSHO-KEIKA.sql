SELECT 本年.軽自管理番号 AS 管理番号, coalesce(前年.税率区分, '') AS 前年度税率, coalesce(前年.税額, 0) AS 前年度税額, 本年.税率区分 AS 税率,
  本年.税額
FROM 軽自_賦課 AS 本年
LEFT JOIN 軽自_賦課 AS 前年 ON 前年.軽自管理番号 = 本年.軽自管理番号 AND 前年.賦課年度 = 本年.賦課年度 - 1 AND 前年.最新フラグ = '1'
WHERE 本年.賦課年度 = (SELECT 年度 FROM 年度) AND 本年.最新フラグ = '1'
  AND (本年.税率区分 IN ('4', '5', '6') OR 前年.税率区分 IN ('4', '5', '6')) ORDER BY 1
